// What is handed out on paper, and the picture of the README.

import { readFileSync, writeFileSync } from "node:fs";
import { must, test } from "../harness.mjs";

const LESSON = "/learn/foundations-2026/modules/m02/many-names";

export default async function register() {
  test("a lesson is fit to print", async ({ visitor, pictures }) => {
    const one = await visitor();
    await one.signsIn("trainee");
    await one.opens(LESSON);
    await one.page.emulateMedia({ media: "print", colorScheme: "dark" });
    const seen = await one.page.evaluate(() => {
      const shown = (selector) => [...document.querySelectorAll(selector)].some((one) => one.getClientRects().length > 0);
      const style = getComputedStyle(document.body);
      return { nav: shown("header nav"), toc: shown(".toc"), buttons: shown("button"), text: shown(".prose .text"), sources: shown(".refs"), paper: style.backgroundColor, ink: style.color };
    });
    must(!seen.nav && !seen.toc && !seen.buttons, "what cannot be pressed on paper is printed");
    must(seen.text && seen.sources, "the text or its sources are missing on paper");
    must(["rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"].includes(seen.paper), `the paper is ${seen.paper}`);
    must(Math.max(...seen.ink.match(/\d+/g).slice(0, 3).map(Number)) < 90, `the ink is ${seen.ink}`);
    await one.page.pdf({ path: `${pictures}/lesson.pdf`, format: "Letter" });
    const pages = readFileSync(`${pictures}/lesson.pdf`, "latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    must(pages >= 3 && pages <= 12, `the lesson takes ${pages} pages`);
  });

  test("a certificate is one sheet of paper", async ({ visitor, site, pictures }) => {
    const one = await visitor({ width: 1200, height: 900 });
    await one.opens(new URL(site.demo.certificates.valid.url).pathname);
    await one.page.getByRole("link", { name: "See it as a sheet to print" }).click();
    await one.isAt("Jordan Avery (example)");
    must((await one.page.getByRole("img", { name: "Square code that opens the page of this certificate" }).count()) === 1, "there is no code to scan");
    for (const format of ["Letter", "A4"]) {
      const path = `${pictures}/certificate-${format}.pdf`;
      await one.page.pdf({ path, format, preferCSSPageSize: true });
      const pdf = readFileSync(path, "latin1");
      const pages = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
      must(pages === 1, `on ${format} the certificate takes ${pages} sheets`);
      const [, width, height] = pdf.match(/\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/) ?? [];
      must(Number(width) > Number(height), `on ${format} it stands upright: ${width} by ${height}`);
    }
  });

  test("the picture of the README", async ({ visitor, pictures }) => {
    const one = await visitor({ width: 1200, height: 900 });
    await one.signsIn("trainee");
    await one.opens("/learn/foundations-2026");
    await one.isAt("Your ledger");
    writeFileSync(`${pictures}/picture.png`, await one.page.screenshot());
  });
}
