// Somebody with a browser window. A journey says what they do and read, in the words of the page: links,
// buttons and fields are found by what they are called, as a screen reader finds them.

import { look } from "./looks.mjs";
import { must } from "./harness.mjs";

const PATIENCE = 10_000;

export class Visitor {
  /**
   * Opens a window: `script`, `width` and `scheme` as the visitor has them. `acknowledged` is done each time a page
   * has answered a button: what it said must hold whatever happens then.
   */
  static async open(browser, site, { script = true, width = 1440, height = 900, scheme = "light", acknowledged = async () => {}, cuts = false } = {}) {
    const visitor = new Visitor();
    visitor.site = site;
    visitor.acknowledged = acknowledged;
    visitor.script = script;
    visitor.scheme = scheme;
    const window = { baseURL: site.url, javaScriptEnabled: script, reducedMotion: "reduce", locale: "en-US", timezoneId: "America/New_York" };
    visitor.context = await browser.newContext({ ...window, viewport: { width, height }, colorScheme: scheme });
    visitor.page = await visitor.context.newPage();
    visitor.page.setDefaultTimeout(PATIENCE);
    visitor.complaints = [];
    // What was on its way when the server was cut off does not arrive; that is the cut's doing, not the page's.
    const ofTheCut = (words) => cuts && /net::ERR_(CONNECTION|EMPTY|INCOMPLETE)|Failed to fetch/.test(words);
    visitor.page.on("pageerror", (error) => ofTheCut(`${error}`) || visitor.complaints.push(`script: ${error}`));
    visitor.page.on("console", (message) => {
      // A page that is refused on purpose is told by its status, which the journey checks.
      const refused = message.text().startsWith("Failed to load resource") && message.location().url === visitor.page.url();
      if (["error", "warning"].includes(message.type()) && !refused && !ofTheCut(message.text())) visitor.complaints.push(`console: ${message.text()}`);
    });
    return visitor;
  }

  /** Goes to an address. The page must answer with this status. */
  async opens(path, { status = 200 } = {}) {
    const response = await this.page.goto(this.site.at(path));
    must(response.status() === status, `${path} answered ${response.status()}, not ${status}`);
    return this;
  }

  /** Follows a link by its words. */
  async follows(words, { within } = {}) {
    await this.#act(this.#inside(within).getByRole("link", { name: words }).first());
    return this;
  }

  /** Presses a button by its words. */
  async presses(words, { within } = {}) {
    await this.#act(this.#inside(within).getByRole("button", { name: words }).first());
    await this.acknowledged();
    return this;
  }

  /** Fills fields, each by its label: `{ "E-mail address": "…" }`. */
  async fills(fields) {
    for (const [label, value] of Object.entries(fields)) await this.page.getByLabel(label, { exact: true }).fill(value);
    return this;
  }

  /** Ticks an option by its words, inside a group of that name where the words stand in several. */
  async ticks(words, { group } = {}) {
    const place = group ? this.page.getByRole("group", { name: group }) : this.page;
    await place.getByLabel(words).first().check();
    return this;
  }

  /** Chooses an entry of a list that folds down. */
  async chooses(label, words) {
    await this.page.getByLabel(label, { exact: true }).selectOption({ label: words });
    return this;
  }

  /** Chooses one of a few that all show. */
  async picks(legend, words) {
    await this.page.getByRole("group", { name: legend }).getByRole("radio", { name: words, exact: true }).check();
    return this;
  }

  /** Signs in as the demonstration's person in this role, or as somebody with this e-mail and password. */
  async signsIn(who) {
    const { email, password } = typeof who === "string" ? this.site.signIn(who) : who;
    await this.opens("/login");
    await this.fills({ "E-mail address": email, Password: password });
    await this.presses("Sign in", { within: "main" });
    must(!this.path.startsWith("/login"), `${email} could not sign in: ${await this.text()}`);
    return this;
  }

  /** These words are to be seen; text or pattern, each of them. */
  async reads(...words) {
    for (const one of words) {
      const found = this.page.getByText(one).filter({ visible: true }).first();
      await found.waitFor().catch(async () => {
        throw new Error(`"${one}" is not to be read at ${this.path}:\n${await this.text()}`);
      });
    }
    return this;
  }

  /** None of these words is to be seen. */
  async doesNotRead(...words) {
    for (const one of words) {
      must((await this.page.getByText(one).filter({ visible: true }).count()) === 0, `"${one}" is to be read at ${this.path}`);
    }
    return this;
  }

  /** The page's heading has these words. */
  async isAt(words) {
    const heading = this.page.getByRole("heading", { level: 1 });
    await heading.filter({ hasText: words }).waitFor().catch(async () => {
      throw new Error(`the heading is "${await heading.allInnerTexts()}" at ${this.path}, not "${words}"`);
    });
    return this;
  }

  /** Everything that every page owes: see looks.mjs. */
  async looksFine() {
    await look(this);
    return this;
  }

  /** Looks at the page in a window of this width, in this scheme. */
  async sees({ width = this.page.viewportSize().width, scheme = this.scheme }) {
    this.scheme = scheme;
    await this.page.emulateMedia({ colorScheme: scheme });
    await this.page.setViewportSize({ width, height: 900 });
    return this;
  }

  /**
   * Lets a test look at the page with script of its own. Where the visitor has none, a browser gives no test
   * its timers either; then the same HTML is looked at in a window that has script, but loads none.
   */
  async inspects(act) {
    if (this.script) return act(this.page);
    const copy = await this.copies();
    try {
      await copy.opens(this.path);
      return await act(copy.page);
    } finally {
      await copy.leaves();
    }
  }

  /** A window of its own, in which this address holds the HTML that stands here now. It has script, but loads none. */
  async copies() {
    const [url, body] = [this.page.url(), await this.page.content()];
    const copy = await Visitor.open(this.context.browser(), this.site, { ...this.page.viewportSize(), scheme: this.scheme });
    await copy.page.route(/\.js$/, (route) => route.abort());
    await copy.page.route((address) => address.href === url, (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body }));
    return copy;
  }

  /** What stands in the main part of the page. */
  async text() {
    return this.page.locator("main").innerText();
  }

  /** Where the visitor is. */
  get path() {
    const { pathname, search } = new URL(this.page.url());
    return pathname + search;
  }

  /** Closes the window. */
  async leaves() {
    await this.context.close().catch(() => {});
  }

  #inside(part) {
    return part ? this.page.locator(part) : this.page;
  }

  /** Clicks, and waits until the page that may follow is there. */
  async #act(element) {
    await element.click();
    await this.page.waitForLoadState("load");
  }
}
