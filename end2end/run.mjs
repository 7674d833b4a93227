// node run.mjs PROGRAM [NAME]: the journeys and the checks of every page, against this program. Ends with one
// line: `N passed, N failed`. With a name, only tests that have it in theirs.

import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { run } from "./harness.mjs";
import { Site } from "./site.mjs";

const [program, only] = process.argv.slice(2);
if (!program) {
  console.error("usage: node run.mjs PROGRAM [NAME]");
  process.exit(2);
}
const here = import.meta.dirname;
const site = await Site.start(resolve(program));
let sum = { passed: 0, failed: 1 };
try {
  for (const folder of ["journeys", "checks"]) {
    for (const file of readdirSync(join(here, folder)).filter((name) => name.endsWith(".mjs")).sort()) {
      const { default: register } = await import(join(here, folder, file));
      await register?.(site);
    }
  }
  sum = await run(site, { only, pictures: resolve(here, "../target/screenshots") });
} catch (error) {
  console.log(error.stack);
} finally {
  await site.stop();
}
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed > 0 || (sum.passed === 0 && !only) ? 1 : 0;
