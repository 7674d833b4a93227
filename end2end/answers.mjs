// The right answers of a check, from the content folder itself: what a trainee knows who has read well.

import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

const MODULES = resolve(import.meta.dirname, "../content/modules");

/** The right options of each question of a module's check, in plain words, by the question's words. */
export function answers(module) {
  const folder = readdirSync(MODULES).find((name) => name.startsWith(`${module}-`));
  const found = new Map();
  let right;
  for (const line of readFileSync(join(MODULES, folder, "check.md"), "utf8").split("\n")) {
    const [, stem] = line.match(/^### (.*?)\s*\{#/) ?? [];
    if (stem) found.set(plain(stem), (right = []));
    const [, option] = line.match(/^- \[x\] (.*?)\s*\{#/) ?? [];
    if (option) right.push(plain(option));
  }
  return found;
}

/** Without marks of emphasis and with one kind of quotation mark, as texts are compared. */
export function plain(text) {
  return text.replace(/[*_`]/g, "").replace(/[“”„]/g, '"').replace(/[‘’]/g, "'").replace(/\s+/g, " ").trim();
}
