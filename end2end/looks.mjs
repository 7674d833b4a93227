// What every page owes its visitor, whatever it is about.

import { violations } from "./axe.mjs";
import { must } from "./harness.mjs";

/** Stops with everything that is wrong with the page the visitor is on. */
export async function look(visitor) {
  const wrong = await visitor.inspects(async (page) => [...(await frame(page)), ...(await room(page)), ...(await keyboard(page)), ...(await violations(page))]);
  must(wrong.length === 0, `${visitor.path} at ${visitor.page.viewportSize().width} px, ${visitor.scheme}:\n${wrong.join("\n")}`);
}

/** Title, landmarks, one heading, help. */
async function frame(page) {
  return page.evaluate(() => {
    const wrong = [];
    const owe = (holds, words) => holds || wrong.push(words);
    const all = (selector) => [...document.querySelectorAll(selector)];
    owe(/^.+ · Alongside$/.test(document.title), `the title does not say where one is: "${document.title}"`);
    owe(document.documentElement.lang === "en" || document.documentElement.lang === "es", "the page does not say its language");
    owe(all("h1").length === 1, `there are ${all("h1").length} main headings`);
    for (const part of ["header", "nav", "main", "footer"]) owe(all(part).length > 0, `there is no ${part}`);
    const help = all("a").find((link) => link.textContent.trim() === "Get help now");
    owe(help?.getAttribute("href") === "/help", "there is no way to help");
    owe(all("[style]").length === 0, "there is inline style");
    const script = all("script").length > 0;
    const islands = all("leptos-island").length > 0;
    owe(script === islands, script ? "there is script without an island" : "there is an island without script");
    return wrong;
  });
}

/** Nothing sticks out sideways, nothing jumped while the page came. */
async function room(page) {
  const wrong = [];
  const sizes = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const out = scrollWidth > clientWidth ? [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > clientWidth + 1) : [];
    const widest = out.slice(0, 3).map((one) => `<${one.tagName.toLowerCase()} class="${one.getAttribute("class") ?? ""}">`);
    return { scrollWidth, clientWidth, widest };
  });
  if (sizes.scrollWidth > sizes.clientWidth) wrong.push(`it scrolls sideways: ${sizes.scrollWidth} px in ${sizes.clientWidth}: ${sizes.widest.join(" ")}`);
  const shift = await page.evaluate(() => {
    const observer = new PerformanceObserver(() => {});
    observer.observe({ type: "layout-shift", buffered: true });
    return observer.takeRecords().reduce((sum, entry) => sum + (entry.hadRecentInput ? 0 : entry.value), 0);
  });
  if (shift > 0.01) wrong.push(`the layout shifted by ${shift.toFixed(3)}`);
  return wrong;
}

/** The first stop of the keyboard is the way past the frame, and it can be seen there. */
async function keyboard(page) {
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press("Tab");
  return page.evaluate(() => {
    const wrong = [];
    const first = document.activeElement;
    const box = first.getBoundingClientRect();
    if (first.getAttribute("href") !== "#main") wrong.push(`the first stop of the keyboard is <${first.tagName.toLowerCase()}> "${first.textContent.trim().slice(0, 40)}"`);
    else if (box.top < 0 || box.left < 0) wrong.push("the way past the frame cannot be seen when it is stopped at");
    if (getComputedStyle(first).outlineStyle === "none") wrong.push("the focus cannot be seen");
    first.blur();
    return wrong;
  });
}
