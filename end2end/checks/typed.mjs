// Pages that no link leads to, because something was typed or done first: forms that came back, acts that came too
// late, and what is told of a part of a day. Each is looked at as every other page is: see pages.mjs.

import { connect } from "node:net";
import { fillsEntry, firstOfficer, invites, accepts, day } from "../journeys/acts.mjs";
import { must, test } from "../harness.mjs";
import { Site } from "../site.mjs";

const WIDTHS = [320, 768, 1440];
const SCHEMES = ["light", "dark"];

/** Looks at the page that stands there at every width in both schemes, without asking the site for it again. */
async function pictured(one, pictures, name) {
  const copy = await one.copies();
  try {
    for (const scheme of SCHEMES) {
      for (const width of WIDTHS) {
        await copy.sees({ width, scheme });
        await copy.opens(one.path);
        await copy.looksFine();
        await copy.page.screenshot({ path: `${pictures}/typed-${name}-${width}-${scheme}.png`, fullPage: true });
      }
    }
  } finally {
    await copy.leaves();
  }
}

/** The status of the answer to a button. */
async function pressed(one, words, status, { within } = {}) {
  const answer = one.page.waitForResponse((response) => response.request().isNavigationRequest() && response.request().method() === "POST");
  await one.presses(words, { within });
  const given = (await answer).status();
  must(given === status, `"${words}" at ${one.path} was answered with ${given}, not ${status}`);
}

/** Forms that are sent with nothing in them: `[name, role, path, button]`. What is filled in beforehand is emptied. */
const FORMS = [
  ["sign-in", undefined, "/login", "Sign in"],
  ["sign-up", undefined, "/signup", "Make my account"],
  ["forgotten", undefined, "/forgot", "Send me a link"],
  ["verify", undefined, "/verify", "Check it"],
  ["names", "trainee", "/account", "Keep these names"],
  ["password", "trainee", "/account", "Change my password"],
  ["entry", "trainee", "/practicum/new", "Send for approval"],
  ["place", "trainee", "/practicum/placements", "Add this place"],
  ["statement", "trainee", "/learn/foundations-2026/statements/code-of-ethics", "Sign this statement"],
  ["queue-approve", "trainer", "/trainer/practicum", /^Approve/],
  ["queue-return", "trainer", "/trainer/practicum", "Return with this reason"],
  ["session", "trainer", "/trainer/sessions", "Set this session"],
  ["invitation", "officer", "/office", "Send the invitation"],
];

export default async function register(site) {
  for (const [name, role, path, button] of FORMS) {
    test(`form ${name} comes back with what is wrong`, async ({ visitor, pictures }) => {
      const one = await visitor();
      if (role) await one.signsIn(role);
      await one.opens(path);
      for (const field of await one.page.locator("main input:is([type=text], [type=email], [type=date], :not([type])), main textarea").all()) {
        if ((await field.isVisible()) && (await field.isEditable())) await field.fill("");
      }
      await pressed(one, button, 422, { within: "main" });
      must((await one.page.title()).startsWith("Not done yet: "), `the title is "${await one.page.title()}"`);
      must((await one.page.locator("main .err").count()) > 0, "no field says what is wrong");
      await pictured(one, pictures, `back-${name}`);
    });
  }

  test("a note that may point to a person comes back with its words marked", async ({ visitor, pictures }) => {
    const one = await visitor();
    await one.signsIn("trainee");
    await one.opens("/practicum/new");
    await fillsEntry(one, { start: "06:00", end: "06:30", category: "One-to-one support", note: "Called Mrs. Alvarez at 612-555-0142." });
    await pressed(one, "Send for approval", 422);
    await one.reads("Alvarez");
    await pictured(one, pictures, "guard");
    await one.presses("Keep as draft");
    await one.reads("Your draft is kept");
    await pictured(one, pictures, "draft-kept");
  });

  test("half an entry is kept as it was typed, and thrown away when it is not wanted", async ({ visitor, pictures }) => {
    const one = await visitor({ width: 320, script: false });
    await one.signsIn("trainee");
    await one.opens("/practicum/new");
    await one.fills({ Start: "09:15", "What you did and practiced": "Half a thought." });
    await one.presses("Keep as draft");
    await one.reads("Your draft is kept", "Not filled in yet: “Half a thought.”");
    await pictured(one, pictures, "practicum-unfinished");
    await one.follows(/Half a thought/);
    must((await one.page.getByLabel("Start", { exact: true }).inputValue()) === "09:15", "the time that was typed is lost");
    await pictured(one, pictures, "unfinished");
    await one.presses("Throw this draft away");
    await one.reads("The draft is thrown away.");
    await one.doesNotRead(/Half a thought/);
  });

  test("an entry in two windows: both texts are shown, and what came too late is kept", async ({ visitor, pictures }) => {
    const one = await visitor();
    await one.signsIn("trainee");
    await one.opens("/practicum/new");
    await fillsEntry(one, { start: "06:30", end: "07:00", category: "One-to-one support", note: "The first words of an entry in two windows." });
    await one.presses("Keep as draft");
    await one.follows(/6:30/);
    const other = await one.context.newPage();
    await other.goto(one.page.url());
    await other.getByLabel("What you did and practiced", { exact: true }).fill("Words from the other window.");
    await other.getByRole("button", { name: "Keep as draft" }).click();
    await other.waitForLoadState("load");

    await one.fills({ "What you did and practiced": "Words from this window." });
    await pressed(one, "Keep as draft", 422);
    await one.reads("What stands there now", "Words from the other window.");
    must((await one.page.getByLabel("What you did and practiced", { exact: true }).inputValue()) === "Words from this window.", "what was typed here is lost");
    await pictured(one, pictures, "both-texts");

    await other.goto(one.page.url());
    await other.getByRole("button", { name: "Send for approval" }).click();
    await other.waitForLoadState("load");
    await one.fills({ "What you did and practiced": "Words that came too late.", "What you learned (optional)": "And what was learned." });
    await pressed(one, "Keep as draft", 409);
    await one.isAt("This entry is no longer open for changes");
    await one.reads("What you typed", "Words that came too late.", "And what was learned.");
    await pictured(one, pictures, "too-late-entry");
    await one.follows("See the entry");
    await one.reads("Waiting", "Words from the other window.");
    await one.presses("Take this entry back");
  });

  test("somebody who was signed out meanwhile keeps what they typed", async ({ visitor, pictures }) => {
    const one = await visitor();
    await one.signsIn("trainee");
    await one.opens("/practicum/new");
    await fillsEntry(one, { start: "07:00", end: "07:20", category: "One-to-one support", note: "Words that were typed before the session ended." });
    await one.context.clearCookies();
    await pressed(one, "Keep as draft", 401);
    await one.isAt("You were signed out");
    await one.reads("Words that were typed before the session ended.");
    await pictured(one, pictures, "signed-out");
    const tab = one.context.waitForEvent("page");
    await one.follows("Sign in (new tab)");
    const { email, password } = site.signIn("trainee");
    const there = await tab;
    await there.getByLabel("E-mail address", { exact: true }).fill(email);
    await there.getByLabel("Password", { exact: true }).fill(password);
    await there.locator("main").getByRole("button", { name: "Sign in" }).click();
    await there.waitForURL((url) => url.pathname === "/learn" || url.pathname.startsWith("/learn/"));
    await one.presses("Send it again");
    await one.reads("Your draft is kept");
  });

  test("a session in two windows: what is called off twice keeps its reason", async ({ visitor, pictures }) => {
    const one = await visitor();
    await one.signsIn("trainer");
    await one.opens("/trainer/sessions");
    await one.page.getByLabel("Module and live session").selectOption({ index: 3 });
    await one.fills({ Day: day(-20), "It begins at": "18:00", "Minutes, breaks not counted": "90", "Where it is, or how to call in": "Room 5 (example)" });
    await one.presses("Set this session");
    await one.reads("The session is set");
    await pictured(one, pictures, "session-set");
    const at = await one.page.locator("main li", { hasText: "6:00 PM" }).getByRole("link").first().getAttribute("href");
    await one.opens(at);
    await pressed(one, "Call this session off", 422);
    await pictured(one, pictures, "back-call-off");
    const other = await one.context.newPage();
    await other.goto(site.at(at));
    await other.getByLabel("Why it does not take place").fill("The room is flooded.");
    await other.getByRole("button", { name: "Call this session off" }).click();
    await other.waitForLoadState("load");
    await one.fills({ "Why it does not take place": "The trainer is ill, and there is nobody to stand in." });
    await pressed(one, "Call this session off", 409);
    await one.isAt("This session cannot be called off any more");
    await one.reads("The trainer is ill, and there is nobody to stand in.");
    await pictured(one, pictures, "too-late-session");
    await one.follows("See the session");
    await one.reads("The room is flooded.");
  });

  test("minutes that cannot be are said beside the person", async ({ visitor, pictures }) => {
    const one = await visitor();
    await one.signsIn("trainer");
    await one.opens("/trainer/sessions");
    await one.page.locator("section", { has: one.page.getByRole("heading", { name: "Begun or over" }) }).getByRole("link").first().click();
    await one.page.locator("input[type=number]").first().fill("999");
    await pressed(one, "Write this down", 422);
    await one.reads("Minutes are a whole number from 0 to 600.");
    await pictured(one, pictures, "back-minutes");
  });

  test("of a day on which a certificate was in force in part, just that is said", async ({ visitor, pictures }) => {
    const one = await visitor();
    const given = site.demo.certificates.suspended;
    await one.opens(new URL(given.url, site.url).pathname);
    const on = await one.page.locator("dt", { hasText: "Suspended on" }).locator("xpath=following-sibling::dd[1]").innerText();
    const date = new Date(`${on.replaceAll("\u00a0", " ")} 12:00 UTC`).toISOString().slice(0, 10);
    await one.fills({ "Was it in force on": date });
    await one.presses("Check that day");
    await one.isAt("In force for part of that day");
    await pictured(one, pictures, "part-of-a-day");
    await one.opens(`${new URL(given.url, site.url).pathname}?at=yesterday`, { status: 422 });
    await one.reads("that is not a day");
    await pictured(one, pictures, "back-day");
  });

  test("the way back to a certificate asks for it again", async ({ visitor }) => {
    const own = await Site.start(site.program);
    try {
      const one = await visitor({ site: own });
      const { id, url } = own.demo.certificates.valid;
      await one.opens(new URL(url, own.url).pathname);
      await one.isAt("Valid now");
      await one.opens("/verify");
      const { code, said } = await own.command("certificate", "suspend", id, "--reason", "A check of the way back.");
      must(code === 0, said);
      await one.page.goBack();
      await one.isAt("Suspended");
    } finally {
      await own.stop();
    }
  });

  test("a request that takes too long is answered with a page", async ({ visitor, pictures }) => {
    const one = await visitor();
    await shows(one, "/signup", await late);
    await one.isAt("This took too long");
    await pictured(one, pictures, "took-too-long");
  });

  test("what is refused is a page, whatever was wrong with the form", async ({ visitor, pictures }) => {
    const one = await visitor();
    const form = { "Content-Type": "application/x-www-form-urlencoded" };
    const send = (headers, body) => fetch(site.at("/forgot"), { method: "POST", headers: { ...form, ...headers }, body });
    for (const [name, status, answer] of [
      ["other-origin", 403, await send({ "Sec-Fetch-Site": "cross-site" }, "email=a%40b.example")],
      ["too-large", 413, await send({}, `email=${"x".repeat(70 * 1024)}`)],
    ]) {
      await shows(one, "/forgot", { status: answer.status, body: await answer.text() });
      must(answer.status === status, `${name} was answered with ${answer.status}`);
      await pictured(one, pictures, name);
    }
  });

  test("invitations: an empty office, one that waits, one that is spent", async ({ visitor, pictures }) => {
    const own = await Site.start(site.program, { demo: false });
    try {
      const officer = await visitor({ site: own });
      await firstOfficer(officer, { name: "Opal", email: "opal@harbor.example" });
      await officer.follows("Office", { within: "header" });
      await pictured(officer, pictures, "office-empty");
      const ines = { name: "Ines", email: "ines@harbor.example", role: "Trainer" };
      await invites(officer, ines);
      await officer.reads("The invitation is on its way by mail.");
      await pictured(officer, pictures, "office-invited");
      const trainer = await visitor({ site: own });
      const { links } = await own.letterTo(ines.email, /invites you/);
      const { pathname, search } = new URL(links[0]);
      await trainer.opens(pathname + search);
      await pictured(trainer, pictures, "invitation");
      await pressed(trainer, "Accept the invitation", 422);
      await pictured(trainer, pictures, "back-accept");
      await accepts(trainer, ines);
      await pictured(trainer, pictures, "trainer-empty");
      for (const path of ["/trainer/practicum", "/trainer/sessions", "/trainer/trainees"]) {
        await trainer.opens(path);
        await pictured(trainer, pictures, `empty${path.replaceAll("/", "-")}`);
      }
      const late = await visitor({ site: own });
      await late.page.goto(own.at(pathname + search));
      await pictured(late, pictures, "invitation-spent");
    } finally {
      await own.stop();
    }
  });

  // A minute is long. It passes while the other tests run.
  const late = halfAForm(site.url);
  late.catch(() => {});
}

/** Shows an answer that no browser would ask for as the page at this path. */
async function shows(one, path, { status, body }) {
  const address = one.site.at(path);
  await one.page.route(address, (route) => route.fulfill({ status, contentType: "text/html; charset=utf-8", body }));
  await one.opens(path, { status });
}

/** Sends half a form and waits for what is said to it: `{ status, body }`. */
function halfAForm(url) {
  const { host, hostname, port } = new URL(url);
  return new Promise((done, failed) => {
    const socket = connect({ host: hostname, port: Number(port) });
    let answer = "";
    socket.setEncoding("utf8").on("data", (text) => (answer += text)).on("error", failed);
    socket.on("end", () => {
      const [head, body] = [answer.slice(0, answer.indexOf("\r\n\r\n")), answer.slice(answer.indexOf("\r\n\r\n") + 4)];
      done({ status: Number(head.split(" ")[1]), body });
    });
    socket.write(
      `POST /signup HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${url}\r\nConnection: close\r\n` +
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 20\r\n\r\nemail=",
    );
  });
}
