// The whole job: from the first visit to a certificate that an employer checks, and that is withdrawn in the
// end. With script and without, and both again with a power cut after everything that a page has acknowledged.

import * as jose from "jose";
import { must, test, withAndWithoutScript } from "../harness.mjs";
import { Site } from "../site.mjs";
import * as acts from "./acts.mjs";

const PROGRAM = "foundations-2026";
const OFFICER = { name: "Opal", email: "opal@harbor.example" };
const TRAINER = { name: "Ines", email: "ines@harbor.example", role: "Trainer" };
const TRAINEE = { name: "Marisol", email: "marisol@harbor.example" };

const ENTRIES = [
  { start: "08:00", end: "10:30", category: "One-to-one support", note: "Sat with somebody before a hard appointment. Practiced asking before I shared my own story." },
  { start: "11:00", end: "13:00", category: "Groups and community activity", note: "Opened a group on sleep. Practiced waiting until the quiet ones had a turn." },
  { start: "14:00", end: "16:00", category: "One-to-one support", note: "Went along to an office. Practiced letting the person speak first." },
];

export default async function register({ program }) {
  withAndWithoutScript("the whole job", (given) => wholeJob({ ...given, program }));
  withAndWithoutScript("the whole job with a power cut after every answer", (given) => wholeJob({ ...given, program, cuts: true }));
}

async function wholeJob({ program, visitor, script, cuts = false }) {
  const site = await Site.start(program, { demo: false });
  try {
    const after = async () => {
      if (!cuts) return;
      const { host } = new URL(site.url);
      await site.dies();
      await site.serve(host);
    };
    await theJob({ site, script, after, visitor: (options) => visitor({ site, acknowledged: after, cuts, ...options }) });
  } finally {
    await site.stop();
  }
}

async function theJob({ site, script, after, visitor }) {
  // The people who teach.
  const officer = await visitor();
  await acts.firstOfficer(officer, OFFICER);
  await acts.invites(officer, TRAINER);
  const trainer = await visitor();
  await acts.accepts(trainer, TRAINER);

  // A trainee comes, and chooses a program.
  const trainee = await visitor({ width: 390 });
  await acts.signsUpFor(trainee, TRAINEE, "Foundations 2026");
  await acts.joins(trainee);
  await trainee.reads("Nothing is done yet, and nothing is late");

  // Module 1, whose check is for oneself alone.
  await acts.readsModule(trainee, PROGRAM, "m01");
  await acts.beginsCheck(trainee, PROGRAM, "m01");
  await acts.answersTheRest(trainee, "m01");
  await acts.handsIn(trainee);
  await trainee.reads("nobody passes or fails it");

  // Module 2: first a wrong try, then a right one that begins here and ends on another device.
  await acts.readsModule(trainee, PROGRAM, "m02");
  await acts.beginsCheck(trainee, PROGRAM, "m02");
  await acts.answersQuestion(trainee, "m02", { rightly: false });
  await trainee.presses("Save and go on");
  await trainee.follows("Look over and hand in");
  await acts.handsIn(trainee);
  await trainee.reads("Not yet: ");
  const attempt = await acts.beginsCheck(trainee, PROGRAM, "m02");
  await acts.answersQuestion(trainee, "m02");
  if (script) {
    await trainee.reads("Saved at");
    await after();
    await trainee.opens(`${attempt}?q=2`);
  } else {
    await trainee.presses("Save and go on");
  }
  const tablet = await visitor({ width: 768 });
  await tablet.signsIn({ email: TRAINEE.email, password: acts.PASSWORD });
  await tablet.opens(`${attempt}?q=1`);
  must((await tablet.page.locator("fieldset input:checked").count()) > 0, "the first answer did not come along to the other device");
  await acts.answersTheRest(tablet, "m02");
  await acts.handsIn(tablet);
  await tablet.reads(/^Passed: /);

  // A live session, and the code of ethics.
  await trainer.opens("/trainer");
  await acts.holdsSession(trainer, { module: "Self-help and mutual aid", session: "Who decides here?", name: TRAINEE.name, minutes: 75 });
  await acts.signsStatement(trainee, PROGRAM, "code-of-ethics", "Marisol Vega");

  // The practicum: one note points to a person and is mended; one entry comes back and is sent again.
  await acts.addsPlace(trainee);
  const [first, second, third] = ENTRIES;
  await trainee.opens("/practicum/new");
  await acts.fillsEntry(trainee, { ...first, note: "Talked with Mr. Alvarez, call him at 612-555-0142." });
  await trainee.presses("Send for approval");
  await trainee.reads("Some words could point to a person");
  must((await trainee.page.getByLabel("What you did and practiced", { exact: true }).inputValue()).includes("612-555-0142"), "what was typed is gone");
  await trainee.fills({ "What you did and practiced": first.note });
  await trainee.presses("Send for approval");
  await trainee.reads("Waiting");
  for (const entry of [second, third]) {
    await acts.sendsEntry(trainee, entry);
  }
  await trainer.opens("/trainer/practicum");
  await trainer.reads("3 entries wait for you");
  await trainer.chooses("Reason", "Something else");
  await trainer.fills({ "What would mend it": "Say what you practiced in it." });
  await trainer.presses("Return with this reason");
  await trainer.reads("Returned: ");
  const back = await site.letterTo(TRAINEE.email, /returned/i);
  await trainee.opens(acts.linkIn(back));
  await trainee.reads("Say what you practiced in it.");
  await trainee.follows("Change this entry");
  await trainee.fills({ "What you learned (optional)": "I want to ask sooner what the person hopes for." });
  await trainee.presses("Send for approval");
  await trainee.reads("Waiting");
  for (let left = ENTRIES.length; left > 0; left -= 1) {
    await trainer.opens("/trainer/practicum");
    await acts.grades(trainer);
    await trainer.fills({ "A word to them (optional)": "Clear and kind. Thank you." });
    await trainer.presses(/^Approve /);
    await trainer.reads("Approved: ");
  }
  await trainer.reads("Nothing waits for you");

  // The certificate comes by itself.
  const letter = await site.letterTo(TRAINEE.email, /certificate/i);
  await trainee.opens(`/learn/${PROGRAM}`);
  await trainee.follows("See your certificate");
  await trainee.reads("Valid now", "Marisol");
  const page = trainee.path;
  must(letter.links.some((link) => new URL(link).pathname === page || link.includes(`/learn/${PROGRAM}`)), `the letter does not lead to the certificate: ${letter.links}`);
  const number = page.split("/").at(-1);

  // An employer, who has no account.
  const employer = await visitor();
  await employer.opens("/verify");
  await employer.fills({ "Its number, its address, or its signed text": number });
  await employer.presses("Check it");
  await employer.isAt("Valid now");
  must((await employer.page.locator(".checks li").count()) === 6, "there are not six checks");
  const token = await (await fetch(site.at(`${page}.jwt`))).text();
  await independently(site, token);
  await employer.opens("/verify");
  await employer.fills({ "Its number, its address, or its signed text": token });
  await employer.presses("Check it");
  await employer.isAt("Valid now");
  await employer.opens("/verify");
  await employer.fills({ "Its number, its address, or its signed text": forged(token) });
  await employer.presses("Check it");
  await employer.isAt("Not genuine");

  // It is withdrawn.
  const revoked = await site.command("certificate", "revoke", number, "--reason", "It was issued to the wrong person.");
  must(revoked.code === 0, revoked.said);
  await after();
  await employer.opens(page);
  await employer.isAt("Revoked");
  await employer.doesNotRead("Valid now", "wrong person");
  const answer = await fetch(site.at("/api/v1/verify"), { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ credential: token }) });
  const { verdict } = await answer.json();
  must(verdict === "revoked", `the interface for machines says ${verdict}`);
  const record = await site.command("audit", "verify");
  must(record.code === 0, record.said);
}

/** Checks the signature with somebody else's code and our published keys. */
async function independently(site, token) {
  const keys = await (await fetch(site.at("/.well-known/jwks.json"))).json();
  const { payload, protectedHeader } = await jose.jwtVerify(token, jose.createLocalJWKSet(keys), { algorithms: ["ES256"] });
  must(protectedHeader.alg === "ES256", "another algorithm");
  must(payload.type?.includes("OpenBadgeCredential"), `it is a ${payload.type}`);
  must(payload.credentialStatus.statusPurpose === "revocation", "it does not name the list of those that are revoked");
  for (const purpose of ["revocation", "suspension"]) {
    const address = payload.credentialStatus.statusListCredential.replace("revocation", purpose);
    const { payload: list } = await jose.jwtVerify(await (await fetch(address)).text(), jose.createLocalJWKSet(keys), { algorithms: ["ES256"] });
    must(list.credentialSubject.statusPurpose === purpose, `the list at ${address} is for ${list.credentialSubject.statusPurpose}`);
  }
  // As a stranger does who has the token alone: from its name of the key to the issuer's document, and to the key by itself.
  const [did, thumbprint] = protectedHeader.kid.split("#");
  const document = await (await fetch(site.at("/.well-known/did.json"))).json();
  must(did === document.id && did === payload.iss && did === payload.issuer.id, `${did} is not who issued it`);
  must(document.assertionMethod.includes(protectedHeader.kid), "the key is not for certificates");
  const named = document.verificationMethod.find((method) => method.id === protectedHeader.kid)?.publicKeyJwk;
  must(named, "the issuer's document does not have the key");
  await jose.jwtVerify(token, await jose.importJWK(named, "ES256"), { algorithms: ["ES256"] });
  must((await jose.calculateJwkThumbprint(named)) === thumbprint, "the key is not the one it is named after");
  const alone = await (await fetch(site.at(`/keys/${thumbprint}`))).json();
  must(["kid", "kty", "crv", "x", "y"].every((member) => alone[member] === named[member]), "the key by itself is another one");
  const altered = await jose.jwtVerify(forged(token), jose.createLocalJWKSet(keys)).then(() => true, () => false);
  must(!altered, "an altered certificate passes");
}

/** The same certificate for somebody else, under the old signature. */
function forged(token) {
  const [head, body, signature] = token.split(".");
  const claims = JSON.parse(Buffer.from(body, "base64url").toString());
  claims.sub = "urn:uuid:00000000-0000-4000-8000-000000000000";
  return [head, Buffer.from(JSON.stringify(claims)).toString("base64url"), signature].join(".");
}
