// The pieces that wake in the browser, in the program as it is shipped.

import { must, test } from "../harness.mjs";

const path = (thing, site) => new URL(thing.url, site.url).pathname;

/** Waits until the islands of the page are awake: what was chosen before that they have not seen. */
const awake = (page) =>
  page.evaluate(async () => {
    await import(document.querySelector("script[type=module]").src);
  });

/** What the list of questions says of the one on the page. */
const listed = (page) => page.locator(".qnav [aria-current=step] .st").filter({ visible: true }).innerText();

/** A question of the demonstration's attempt without an answer: its address. */
async function unanswered(one, site) {
  const attempt = path(site.demo.attempt, site);
  await one.opens(`${attempt}?q=all`);
  return one.page.locator(".reviewed li", { hasText: "No answer" }).getByRole("link", { name: /^Question/ }).first().getAttribute("href");
}

/** Chooses an option of the question on the page that is not chosen. Answers how to find it again. */
async function choosesAnother(page, { last = false } = {}) {
  await awake(page);
  const free = page.locator("fieldset input:not(:checked)");
  // Where several may be right, all of them may have been chosen by now.
  if ((await free.count()) === 0) await page.locator("fieldset input").first().uncheck();
  const value = await (last ? free.last() : free.first()).getAttribute("value");
  const option = `fieldset input[value="${value}"]`;
  await page.locator(option).check();
  return option;
}

/** Chooses an answer whose save never comes back. Answers what the browser asks from then on; each is said yes to. */
async function choosesWhatIsNeverSaved(one, site) {
  await one.signsIn("trainee");
  await one.opens(`${path(site.demo.attempt, site)}?q=2`);
  await one.page.route("**/api/fn/save-answer", () => {});
  const asked = [];
  one.page.on("dialog", async (dialog) => {
    asked.push(dialog.type());
    await dialog.accept();
  });
  await choosesAnother(one.page);
  return asked;
}

export default async function register(site) {
  test("answers save as one goes, and say so when they cannot", async ({ visitor }) => {
    const one = await visitor();
    await one.signsIn("trainee");
    await one.opens(`${path(site.demo.attempt, site)}?q=1`);
    await choosesAnother(one.page);
    await one.reads("Saved at");
    await one.context.setOffline(true);
    const option = await choosesAnother(one.page);
    await one.reads("Not saved yet: there is no connection.");
    await one.context.setOffline(false);
    await one.reads("Saved at");
    await one.opens(`${path(site.demo.attempt, site)}?q=1`);
    must(await one.page.locator(option).isChecked(), "the answer that was chosen without a connection is lost");
    one.complaints = one.complaints.filter((words) => !words.includes("ERR_INTERNET_DISCONNECTED"));
  });

  test("going on from one device undoes nothing that another one saved", async ({ visitor }) => {
    const [phone, laptop] = [await visitor({ width: 320 }), await visitor()];
    await phone.signsIn("trainee");
    await laptop.signsIn("trainee");
    const address = await unanswered(phone, site);
    must(address, "the demonstration's attempt has an answer to each question already");
    for (const device of [phone, laptop]) {
      await device.opens(address);
      await awake(device.page);
    }
    await choosesAnother(phone.page);
    await phone.reads("Saved at");
    const option = await choosesAnother(laptop.page, { last: true });
    await laptop.reads("Saved at");
    await phone.presses(/^Save and go on/);
    await laptop.opens(address);
    must(await laptop.page.locator(option).isChecked(), "the answer that was saved last is gone");
  });

  test("what is said of an answer is true beside it and in the list, and nothing moves", async ({ visitor }) => {
    const one = await visitor({ width: 320 });
    await one.signsIn("trainee");
    const address = await unanswered(one, site);
    must(address, "the demonstration's attempt has an answer to each question already");
    await one.opens(address);
    await one.reads("No answer yet. You may come back to it.");
    const top = () => one.page.locator("fieldset").evaluate((question) => question.getBoundingClientRect().top + window.scrollY);
    const before = await top();
    await choosesAnother(one.page);
    await one.reads("Saved at");
    must((await listed(one.page)) === "Saved", `the list says "${await listed(one.page)}" of an answer that is saved`);
    must((await top()) === before, "the question moved when its answer was saved");
    must((await one.page.locator(".saved .st.ok .mark").filter({ visible: true }).count()) === 1, "what is saved has no mark");
    await one.page.route("**/api/fn/save-answer", (route) => route.abort());
    await choosesAnother(one.page);
    await one.reads("Not saved yet: there is no connection.");
    must((await top()) === before, "the question moved when its answer could not be saved");
    must((await one.page.locator(".saved .st.bad .mark").filter({ visible: true }).count()) === 1, "what is not saved looks like what is");
    await one.page.unroute("**/api/fn/save-answer");
    await one.reads("Saved at");
    one.complaints = one.complaints.filter((words) => !words.includes("ERR_FAILED"));
  });

  test("an answer that comes after handing in looks like no other, and the list says what was kept", async ({ visitor }) => {
    const one = await visitor();
    await one.signsIn("trainee");
    await one.opens(`${path(site.demo.attempt, site)}?q=1`);
    const said = await listed(one.page);
    const body = "ServerError|This check is handed in, so the answer was not changed.";
    await one.page.route("**/api/fn/save-answer", (route) => route.fulfill({ status: 409, contentType: "text/plain", body }));
    await choosesAnother(one.page);
    await one.reads("This check is handed in, so the answer was not changed.");
    must((await one.page.locator(".saved .st.bad .mark").filter({ visible: true }).count()) === 1, "it looks like what is saved");
    must((await listed(one.page)) === said, `the list now says "${await listed(one.page)}"`);
    one.complaints = one.complaints.filter((words) => !words.includes("409"));
  });

  test("a save without an answer says that there is none, without script too", async ({ visitor }) => {
    const one = await visitor({ script: false, width: 320 });
    await one.signsIn("trainee");
    const address = await unanswered(one, site);
    must(address, "the demonstration's attempt has an answer to each question already");
    await one.opens(address);
    await one.presses("Save and stay");
    await one.reads("No answer yet. You may come back to it.");
    await one.doesNotRead("Saved at");
    must((await listed(one.page)) === "No answer", `the list says "${await listed(one.page)}"`);
  });

  test("an answer that is chosen and left by a link at once is saved first", async ({ visitor }) => {
    const one = await visitor();
    await one.signsIn("trainee");
    const second = `${path(site.demo.attempt, site)}?q=2`;
    await one.opens(second);
    // A slow way to the server, so that the link is always followed before the answer is there.
    await one.page.route("**/api/fn/save-answer", async (route) => {
      await new Promise((done) => setTimeout(done, 1000));
      await route.continue();
    });
    let saved = false;
    one.page.on("response", (response) => {
      if (response.url().endsWith("/api/fn/save-answer")) saved = response.ok();
    });
    const option = await choosesAnother(one.page);
    await one.page.locator('.qnav a[href$="?q=3"]').click({ noWaitAfter: true });
    await one.reads("Saving your answer first, then we go on");
    await one.page.waitForURL((url) => url.search === "?q=3");
    must(saved, "the page was left before the answer was saved");
    await one.page.unroute("**/api/fn/save-answer");
    await one.opens(second);
    must(await one.page.locator(option).isChecked(), "the answer is lost");
  });

  test("a link followed twice does not wait for a save that never comes, and the browser asks", async ({ visitor }) => {
    const one = await visitor();
    const asked = await choosesWhatIsNeverSaved(one, site);
    const link = one.page.locator('.qnav a[href$="?q=3"]');
    await link.click({ noWaitAfter: true });
    await one.reads("Saving your answer first, then we go on");
    await link.click({ noWaitAfter: true });
    await one.page.waitForURL((url) => url.search === "?q=3");
    must(asked.join() === "beforeunload", `the browser asked: ${asked.join() || "nothing"}`);
  });

  test("help is never held, whatever is not saved yet", async ({ visitor }) => {
    const one = await visitor();
    const asked = await choosesWhatIsNeverSaved(one, site);
    await one.reads("Saving…");
    await one.page.getByRole("link", { name: "Get help now" }).first().click({ noWaitAfter: true });
    await one.page.waitForURL((url) => url.pathname === "/help");
    must(asked.length === 0, "the browser asked before it showed help");
  });

  test("a double click on a link is one wish: it waits for the answer to be saved", async ({ visitor }) => {
    const one = await visitor();
    await one.signsIn("trainee");
    const second = `${path(site.demo.attempt, site)}?q=2`;
    await one.opens(second);
    let release;
    const held = new Promise((done) => (release = done));
    await one.page.route("**/api/fn/save-answer", async (route) => {
      await held;
      await route.continue();
    });
    const option = await choosesAnother(one.page);
    await one.page.locator('.qnav a[href$="?q=3"]').dblclick({ noWaitAfter: true });
    await one.reads("Saving your answer first, then we go on");
    must(one.path === second, "the second half of a double click left the page");
    release();
    await one.page.waitForURL((url) => url.search === "?q=3");
    await one.page.unroute("**/api/fn/save-answer");
    await one.opens(second);
    must(await one.page.locator(option).isChecked(), "the answer is lost");
  });

  test("words that were not sent are not left behind unasked, but for help", async ({ visitor }) => {
    const one = await visitor();
    await one.signsIn("trainee");
    await one.opens("/practicum/new");
    const asked = [];
    one.page.on("dialog", (dialog) => {
      asked.push(dialog.type());
      return asked.length === 1 ? dialog.dismiss() : dialog.accept();
    });
    const note = one.page.getByLabel("What you did and practiced", { exact: true });
    await awake(one.page);
    await note.pressSequentially("Sat with somebody.");
    await one.page.getByRole("link", { name: "Practicum", exact: true }).first().click({ noWaitAfter: true });
    for (let n = 0; n < 50 && asked.length === 0; n += 1) await one.page.waitForTimeout(100);
    must(asked.join() === "beforeunload", `the browser asked: ${asked.join() || "nothing"}`);
    must((await note.inputValue()) === "Sat with somebody.", "what was typed is gone");
    await one.page.getByRole("link", { name: "Get help now" }).first().click({ noWaitAfter: true });
    await one.page.waitForURL((url) => url.pathname === "/help");
    must(asked.length === 1, "the browser asked before it showed help");
  });

  test("a note is looked at while it is written", async ({ visitor }) => {
    const one = await visitor({ width: 320 });
    await one.signsIn("trainee");
    await one.opens("/practicum/new");
    const note = one.page.getByLabel("What you did and practiced", { exact: true });
    await awake(one.page);
    await note.pressSequentially("Called Mrs. Alvarez at 612-555-0142.");
    await one.reads("Please look at these words", "Alvarez", "612-555-0142");
    must((await one.page.getByRole("status").filter({ hasText: "2 places to look at stand under this field." }).count()) === 1, "a screen reader is not told");
    await note.fill("Made a call with somebody. Practiced waiting.");
    await one.page.getByText("Please look at these words").waitFor({ state: "detached" });
    await one.page.getByText("places to look at").waitFor({ state: "detached" });
  });
}
