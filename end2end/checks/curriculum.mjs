// The whole curriculum, page by page: every lesson and check as a trainee meets it, every guide and bank as a
// trainer does. A trainee finds no guide.

import { violations } from "../axe.mjs";
import { must, test } from "../harness.mjs";

const PROGRAM = "model-aligned-2026";

export default async function register() {
  test("every lesson, check and guide of the curriculum", async ({ visitor }) => {
    const trainee = await visitor({ width: 320 });
    await trainee.signsIn("trainee");
    await trainee.opens(`/programs/${PROGRAM}`);
    const join = trainee.page.getByRole("button", { name: "Join this program" });
    if ((await join.count()) > 0) await trainee.presses("Join this program");
    const trainer = await visitor({ width: 768 });
    await trainer.signsIn("trainer");
    const modules = await addresses(trainer, "/trainer/modules", /^\/trainer\/modules\/[^/]+$/);
    must(modules.length > 0, "there is no module");
    const wrong = [];
    let seen = 0;
    for (const module of modules) {
      const inside = await addresses(trainer, module, new RegExp(`^${module}/`));
      for (const address of inside) {
        await finds(trainer, address, wrong);
        seen += 1;
        if (address.includes("/guides/")) await trainee.opens(address, { status: 404 });
        else await finds(trainee, address.replace("/trainer", `/learn/${PROGRAM}`), wrong);
      }
      must(inside.some((address) => address.includes("/guides/")), `${module} has no guide`);
    }
    must(wrong.length === 0, wrong.join("\n"));
    must(seen > modules.length * 4, `only ${seen} pages`);
    // Refusals are expected here: the guides that a trainee asked for.
    trainee.complaints = trainee.complaints.filter((words) => !words.includes("404"));
  });
}

async function addresses(visitor, path, wanted) {
  await visitor.opens(path);
  const found = await visitor.page.locator("main a").evaluateAll((links) => links.map((link) => new URL(link.href).pathname));
  return [...new Set(found)].filter((address) => wanted.test(address)).sort();
}

async function finds(visitor, address, wrong) {
  await visitor.opens(address);
  const sideways = await visitor.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (sideways > 0) wrong.push(`${address} scrolls sideways by ${sideways} px`);
  wrong.push(...(await violations(visitor.page)).map((words) => `${address}: ${words}`));
}
