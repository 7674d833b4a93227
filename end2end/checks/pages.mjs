// Every page, as everybody who sees it: at three widths, in both schemes, with script and without.

import { pages } from "../crawl.mjs";
import { slug, test } from "../harness.mjs";

const WIDTHS = [320, 768, 1440];
const SCHEMES = ["light", "dark"];

export default async function register(site) {
  for (const { role, path, status } of await pages(site)) {
    test(`page ${path} as ${role ?? "nobody"}`, async ({ visitor, pictures }) => {
      const one = await visitor();
      if (role) await one.signsIn(role);
      for (const scheme of SCHEMES) {
        for (const width of WIDTHS) {
          await one.sees({ width, scheme });
          await one.opens(path, { status });
          await one.looksFine();
          await one.page.screenshot({ path: `${pictures}/${role ?? "nobody"}-${slug(path)}-${width}-${scheme}.png`, fullPage: true });
        }
      }
      const other = await visitor({ script: false, width: 320 });
      if (role) await other.signsIn(role);
      await other.opens(path, { status });
      await other.looksFine();
    });
  }
}
