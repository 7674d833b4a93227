// The program, started with data of its own, and what a test may know of it besides its pages: the address,
// the sign-ins and things that the demonstration names, the letters in its outbox, the command line.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { must } from "./harness.mjs";

const ROOT = resolve(import.meta.dirname, "..");

// What the shell says about a site that is run for real must not reach a test: it would work on that site.
const ENV = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("ALONGSIDE_") || name === "ALONGSIDE_LOG"));

export class Site {
  /** Starts the program with a new data folder and waits for its address. */
  static async start(program, { demo = true, words = [] } = {}) {
    const site = new Site();
    site.program = program;
    site.words = [...(demo ? ["--demo"] : []), ...words];
    site.folder = mkdtempSync(join(tmpdir(), "alongside-test-"));
    await site.serve("127.0.0.1:0");
    return site;
  }

  /** Starts it, or starts it again with the data that are there. */
  async serve(address = new URL(this.url).host) {
    const words = ["serve", "--addr", address, "--data-dir", this.folder, "--rate-limit", "100000", ...this.words];
    // The program's own words are kept, and shown when it does not come up.
    this.log = [];
    this.child = spawn(this.program, words, { cwd: ROOT, env: ENV, stdio: ["ignore", "pipe", "pipe"] });
    createInterface({ input: this.child.stderr }).on("line", (line) => this.log.push(line));
    const lines = createInterface({ input: this.child.stdout });
    this.url = await new Promise((found, failed) => {
      lines.on("line", (line) => {
        this.log.push(line);
        const address = line.match(/https?:\/\/[^\s/]+/);
        if (address) found(address[0]);
      });
      this.child.once("exit", (code) => failed(new Error(`the program ended with ${code} before it served:\n${this.log.join("\n")}`)));
    });
    // The demonstration's people are made once; a later start finds them there.
    this.words = this.words.filter((word) => word !== "--demo");
  }

  /** What the demonstration wrote down: sign-ins, certificates, an entry, an attempt. */
  get demo() {
    return JSON.parse(readFileSync(join(this.folder, "demo.json"), "utf8"));
  }

  /** E-mail and password of the first person in this role. */
  signIn(role) {
    const found = this.demo.signIns.find((entry) => entry.role === role);
    must(found, `the demonstration has no ${role}`);
    return found;
  }

  /** A full address for a path. */
  at(path) {
    return new URL(path, this.url).href;
  }

  /** Every letter so far, oldest first: `{ to, subject, text, links }`. */
  letters() {
    const folder = join(this.folder, "outbox");
    let names = [];
    try {
      names = readdirSync(folder).filter((name) => name.endsWith(".eml")).sort();
    } catch {
      // Nobody was written to yet.
    }
    return names.map((name) => letter(readFileSync(join(folder, name), "utf8")));
  }

  /** Waits for a letter to somebody whose subject has these words; the newest one counts. */
  async letterTo(address, words) {
    for (let tries = 0; tries < 100; tries += 1) {
      const found = this.letters().findLast(({ to, subject }) => to.includes(address) && subject.match(words));
      if (found) return found;
      await pause(100);
    }
    throw new Error(`no letter to ${address} about ${words}; there are: ${this.letters().map(({ to, subject }) => `${to}: ${subject}`).join("; ")}`);
  }

  /** Runs a command of the program on this site's data: `{ code, said }`. */
  async command(...words) {
    const child = spawn(this.program, [...words, "--data-dir", this.folder], { cwd: ROOT, env: ENV, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => (said += bytes));
    const code = await new Promise((ended) => child.once("close", ended));
    return { code, said };
  }

  /** Ends it as a power cut would. Its data stay. */
  async dies() {
    const ended = new Promise((done) => this.child.once("exit", done));
    this.child.kill("SIGKILL");
    await ended;
  }

  /** Ends it and takes its data away. */
  async stop() {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = new Promise((done) => this.child.once("exit", done));
      this.child.kill("SIGTERM");
      // Browsers hold connections open; nobody waits for them here.
      await Promise.race([ended, pause(3_000)]);
      this.child.kill("SIGKILL");
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function letter(text) {
  const [heads, ...paragraphs] = text.replaceAll("\r\n", "\n").split("\n\n");
  const head = (name) => heads.match(new RegExp(`^${name}: (.*(?:\n\\s.*)*)`, "im"))?.[1].replace(/\n\s+/g, " ") ?? "";
  const body = paragraphs.join("\n\n");
  return { to: head("To"), subject: head("Subject"), text: body, links: body.match(/https?:\/\/\S+/g) ?? [] };
}
