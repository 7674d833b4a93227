// What the people of the journeys do, step by step, in the words of the pages.

import { answers, plain } from "../answers.mjs";
import { must } from "../harness.mjs";

export const PASSWORD = "four small words together";

const DAY = 24 * 60 * 60 * 1000;

/** The zone that a site has unless it is told another one. */
const ZONE = "America/New_York";

/** `2026-11-21`, so many days before today, where the organization is. */
export function day(before) {
  return new Intl.DateTimeFormat("en-CA", { timeZone: ZONE }).format(new Date(Date.now() - before * DAY));
}

/** The newest link of a letter, as a path of the site. */
export function linkIn(letter) {
  must(letter.links.length > 0, `there is no link in "${letter.subject}"`);
  const { pathname, search } = new URL(letter.links[0]);
  return pathname + search;
}

/** Makes an account for a program: name and address, then the letter, then a password, and back to the program. */
export async function signsUpFor(who, { name, email }, title) {
  await who.opens("/");
  await who.follows("See the programs");
  await who.follows(`Read about ${title}`);
  await who.follows("Make an account");
  await who.fills({ "The name we call you by": name, "E-mail address": email });
  await who.presses("Make my account");
  await who.isAt("Look in your mail");
  await who.opens(linkIn(await who.site.letterTo(email, /yours/)));
  await who.reads(email);
  await who.fills({ "A password": PASSWORD });
  await who.presses("Keep this and go on");
  await who.isAt(title);
  await who.reads("Your account is ready.");
}

/** The first officer comes from the command line. */
export async function firstOfficer(who, { name, email }) {
  const { code, said } = await who.site.command("account", "create", "--role", "officer", "--name", name, "--email", email, "--public-url", who.site.url);
  must(code === 0, said);
  await who.acknowledged();
  await who.opens(linkIn({ subject: "the command line", links: said.match(/https?:\/\/\S+/g) ?? [] }));
  await who.fills({ "A password": PASSWORD });
  await who.presses("Keep this password");
}

/** An officer invites somebody. */
export async function invites(who, { name, email, role }) {
  await who.follows("Office", { within: "header" });
  await who.fills({ "Their name": name, "Their e-mail address": email });
  await who.chooses("Their role", role);
  await who.presses("Send the invitation");
  await who.reads(`${name} (${email}), ${role}`);
}

/** Somebody who was invited comes in. */
export async function accepts(who, { email }) {
  await who.opens(linkIn(await who.site.letterTo(email, /invites you/)));
  await who.fills({ "A password": PASSWORD });
  await who.presses("Accept the invitation");
}

/** Joins the program whose page is open. */
export async function joins(who) {
  await who.presses("Join this program");
  await who.isAt("Your ledger");
}

/** Reads every lesson of a module from its page on, and marks each as done. */
export async function readsModule(who, program, module) {
  await who.opens(`/learn/${program}/modules/${module}`);
  await who.follows(/^Read: /);
  for (let lesson = 0; lesson < 20; lesson += 1) {
    await who.presses("Mark as done");
    if (who.path.replace(/\?.*/, "") === `/learn/${program}/modules/${module}`) return;
  }
  throw new Error(`module ${module} has no end`);
}

/** Opens a check and begins or goes on. Answers the path of the attempt. */
export async function beginsCheck(who, program, module) {
  await who.opens(`/learn/${program}/modules/${module}/check`);
  await who.presses(/^(Start|Go on)/, { within: "main" });
  return who.path.replace(/\?.*/, "");
}

/** Chooses an answer to the question on the page: the right one, or a wrong one. */
export async function answersQuestion(who, module, { rightly = true } = {}) {
  const stem = plain(await who.page.locator("fieldset legend").first().innerText());
  const right = answers(module).get(stem);
  must(right?.length > 0, `there is no question "${stem}" in ${module}`);
  for (const option of await who.page.locator("fieldset label.opt").all()) {
    const wanted = right.includes(plain(await option.innerText())) === rightly;
    const box = option.locator("input");
    if (!wanted) continue;
    await box.check();
    if (!rightly) break;
  }
}

/** Answers questions from the open one on until the page to look over. */
export async function answersTheRest(who, module) {
  for (let question = 0; question < 40; question += 1) {
    await answersQuestion(who, module);
    await who.presses(/^Save and (go on|look it over)/);
    if ((await who.page.locator("h1").innerText()) === "Look over and hand in") return;
  }
  throw new Error("the check has no end");
}

/** Hands in from the page to look over. */
export async function handsIn(who) {
  await who.presses("Hand in", { within: "main" });
  await who.reads("Handed in on");
}

/** A trainer sets the one session of a module, two days ago, and writes down who was there. */
export async function holdsSession(who, { module, session, name, minutes }) {
  await who.follows("Live sessions", { within: "header" });
  await who.chooses("Module and live session", `Session: ${session} (120 min)`);
  await who.fills({ Day: day(2), "It begins at": "10:00", "Minutes, breaks not counted": "90", "Where it is, or how to call in": "Room 2, or by telephone" });
  await who.presses("Set this session");
  await who.follows(new RegExp(`^${module}`));
  await who.fills({ [`Minutes of ${name}`]: String(minutes) });
  await who.presses("Write this down");
  await who.reads(`${minutes} min, written down by`);
}

/** Signs the code of ethics. */
export async function signsStatement(who, program, statement, name) {
  await who.opens(`/learn/${program}/statements/${statement}`);
  await who.fills({ "Type your name to sign": name });
  await who.presses("Sign this statement");
  await who.isAt("Your ledger");
}

/** Adds the place where the practice happens. */
export async function addsPlace(who) {
  await who.follows("Practicum", { within: "header" });
  await who.follows("Your places");
  await who.fills({ "The organization": "Harbor Peer Center", "Who supervises you there": "Ines Moreau", "Your first day there": day(40) });
  await who.chooses("What kind of place", "Peer-run center");
  await who.chooses("What kind of supervisor", "Certified peer supervisor");
  await who.presses("Add this place");
  await who.reads("Your place is added.");
}

/** Fills the form of an entry. */
export async function fillsEntry(who, { start, end, category, note }) {
  // Asked of those who are in more than one.
  const program = who.page.getByLabel("For which program", { exact: true });
  if ((await program.count()) > 0) await program.selectOption({ label: "Foundations 2026" });
  await who.fills({ Day: day(1), Start: start, End: end, "What you did and practiced": note });
  await who.chooses("Kind of work", category);
  await who.chooses("Domain", "Mentoring and education");
  await who.chooses("How", category.startsWith("Groups") ? "In a group" : "One to one");
  await who.chooses("On what terms", "Volunteer");
  await who.picks("Was it with the people you support?", "Yes");
  await who.picks("How many people", category.startsWith("Groups") ? "2 to 5" : "1");
}

/** Sends an entry from a fresh form. */
export async function sendsEntry(who, entry) {
  await who.opens("/practicum/new");
  await fillsEntry(who, entry);
  await who.presses("Send for approval");
  await who.reads("Waiting");
  return who.path;
}

/** A trainer gives the best of each line of the rubric. */
export async function grades(who) {
  for (const line of await who.page.locator(".rubric fieldset").all()) await line.getByRole("radio").last().check();
}
