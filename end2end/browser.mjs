// Debian's Chromium, driven by Playwright. Each launch has a new folder for its profile, and calls nobody.

import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

// `cargo xtask test` says which one it found; by hand it is where Debian puts it.
const PLACES = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"];

const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts a browser. */
export async function launch() {
  const executablePath = PLACES.find((place) => place && existsSync(place));
  if (!executablePath) throw new Error("Chromium is missing: apt-get install chromium");
  return chromium.launch({ executablePath, args: ARGUMENTS });
}
