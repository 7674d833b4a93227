// The pieces that wake in the browser, in the program as it is shipped.

import { must, test } from "../harness.mjs";

const path = (thing, site) => new URL(thing.url, site.url).pathname;

export default async function register(site) {
  test("answers save as one goes, and say so when they cannot", async ({ visitor }) => {
    const one = await visitor();
    await one.signsIn("trainee");
    await one.opens(`${path(site.demo.attempt, site)}?q=1`);
    const options = one.page.locator("fieldset input");
    await options.first().check();
    await one.reads("Saved at");
    await one.context.setOffline(true);
    await options.nth(1).check();
    await one.reads("Not saved yet: there is no connection.");
    await one.context.setOffline(false);
    await one.reads("Saved at");
    await one.opens(`${path(site.demo.attempt, site)}?q=1`);
    must(await options.nth(1).isChecked(), "the answer that was chosen without a connection is lost");
    one.complaints = one.complaints.filter((words) => !words.includes("ERR_INTERNET_DISCONNECTED"));
  });

  test("a note is looked at while it is written", async ({ visitor }) => {
    const one = await visitor({ width: 320 });
    await one.signsIn("trainee");
    await one.opens("/practicum/new");
    const note = one.page.getByLabel("What you did and practiced", { exact: true });
    await note.pressSequentially("Called Mrs. Alvarez at 612-555-0142.");
    await one.reads("Please look at these words:", "Alvarez", "612-555-0142");
    await note.fill("Made a call with somebody. Practiced waiting.");
    await one.doesNotRead("Please look at these words:");
  });
}
