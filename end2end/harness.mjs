// Tests one after the other, each with a fresh browser window; the sum at the end is what `cargo xtask test`
// reads. Owns no site and no page: see site.mjs and visitor.mjs.

import { mkdirSync } from "node:fs";
import { launch } from "./browser.mjs";
import { Visitor } from "./visitor.mjs";

const registered = [];

/** A test. It is given `visitor(options)`, which opens a fresh window, and `site`, the shared demonstration. */
export function test(name, act) {
  registered.push({ name, act });
}

/** The same journey twice: with script and without. The act is told which, as `script`. */
export function withAndWithoutScript(name, act) {
  for (const script of [true, false]) {
    test(`${name}, ${script ? "with" : "without"} script`, ({ visitor, ...rest }) =>
      act({ ...rest, script, visitor: (options) => visitor({ script, ...options }) }));
  }
}

/** Runs what is registered. Answers `{ passed, failed }`. */
export async function run(site, { only, pictures }) {
  mkdirSync(pictures, { recursive: true });
  const chosen = registered.filter(({ name }) => !only || name.toLowerCase().includes(only.toLowerCase()));
  const sum = { passed: 0, failed: 0 };
  let browser = await launch();
  for (const { name, act } of chosen) {
    if (!browser.isConnected()) browser = await launch();
    const start = Date.now();
    const problem = await attempt(name, act, { browser, site, pictures });
    const took = `${((Date.now() - start) / 1000).toFixed(1)} s`;
    if (problem) {
      sum.failed += 1;
      console.log(`FAILED ${name} (${took})\n${indent(problem)}`);
    } else {
      sum.passed += 1;
      console.log(`ok     ${name} (${took})`);
    }
  }
  await browser.close();
  return sum;
}

/** Answers what went wrong, as text; nothing where all went well. */
async function attempt(name, act, { browser, site, pictures }) {
  const visitors = [];
  const visitor = async (options = {}) => {
    const opened = await Visitor.open(browser, options.site ?? site, options);
    visitors.push(opened);
    return opened;
  };
  try {
    await within(180_000, act({ visitor, site, pictures }));
    const said = visitors.flatMap((one) => one.complaints);
    return said.length > 0 ? `the browser complained:\n${said.join("\n")}` : undefined;
  } catch (error) {
    const places = [];
    for (const [n, one] of visitors.entries()) {
      const file = `${pictures}/failed-${slug(name)}-${n}.png`;
      await one.page.screenshot({ path: file, timeout: 5_000 }).catch(() => {});
      places.push(`at ${one.page.url()}, see ${file}`, ...one.complaints);
    }
    return [String(error.stack ?? error).split('\nBrowser logs:')[0], ...places].join("\n");
  } finally {
    for (const one of visitors) await one.leaves();
  }
}

function within(milliseconds, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${milliseconds / 1000} s`)), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

function indent(text) {
  return text.replace(/^/gm, "       ");
}

/** A name as a part of a file's name. */
export function slug(text) {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "home";
}

/** Stops the test with these words unless something holds. */
export function must(holds, words) {
  if (!holds) throw new Error(words);
}
