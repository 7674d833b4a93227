// Finds the pages by following every link, as nobody and in each role, so that a new page is looked at
// without being listed anywhere.

const ROLES = [undefined, "trainee", "trainer", "officer"];

/** How many pages of one kind are looked at closely: two lessons are enough to know how lessons look, and
 * one for an officer, who sees them as a trainer does. */
const OF_A_KIND = { officer: 1 };

/** Pages that no link leads to. */
const UNLINKED = ["/signup/sent", "/forgot/sent", "/no-such-page"];

/** Answers `[{ role, path, status }]`. */
export async function pages(site) {
  const found = [];
  const seen = new Map();
  for (const role of ROLES) {
    const cookie = role ? await session(site, role) : undefined;
    const open = ["/", ...(role ? [] : UNLINKED), ...named(site, role)];
    const known = new Set(open);
    while (open.length > 0) {
      const path = open.shift();
      const response = await fetch(site.at(path), { headers: cookie ? { cookie } : {}, redirect: "manual" });
      const text = response.headers.get("content-type")?.startsWith("text/html") ? await response.text() : "";
      if (response.status >= 300 && response.status < 400) {
        follow(response.headers.get("location"));
        continue;
      }
      if (!text) continue;
      const kind = `${role ?? ""} ${kindOf(path)}`;
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
      if (seen.get(kind) <= (OF_A_KIND[role] ?? 2)) found.push({ role, path, status: response.status });
      for (const [, address] of text.matchAll(/<a\s[^>]*href="([^"]*)"/g)) follow(address.replaceAll("&amp;", "&"));
    }

    function follow(address) {
      const url = new URL(address ?? "", site.url);
      const file = /\.[a-z0-9]+$/.test(url.pathname);
      const path = url.pathname + url.search;
      if (url.origin !== new URL(site.url).origin || file || url.pathname.startsWith("/assets/") || known.has(path)) return;
      known.add(path);
      open.push(path);
    }
  }
  return found;
}

/** What the demonstration names, for those who may see it. */
function named(site, role) {
  const { certificates = {}, practicumEntry, attempt } = site.demo;
  const paths = (things) => things.filter(Boolean).map(({ url }) => new URL(url, site.url).pathname);
  if (!role) return paths(Object.values(certificates));
  return role === "trainee" ? paths([practicumEntry, attempt]) : [];
}

/** A path without the names of single things. */
function kindOf(path) {
  return path
    .replace(/\?.*/, "?")
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27,}/g, ":id")
    .replace(/^(\/learn\/[^/]+\/modules|\/trainer\/modules)\/[^/]+/, "$1/:module")
    .replace(/(\/:module\/guides)\/[^/]+$/, "$1/:guide")
    .replace(/(\/:module)\/(?!check$|guides\/)[^/]+$/, "$1/:lesson");
}

async function session(site, role) {
  const { email, password } = site.signIn(role);
  const body = new URLSearchParams({ email, password });
  const response = await fetch(site.at("/login"), { method: "POST", body, redirect: "manual" });
  const cookie = response.headers.get("set-cookie")?.split(";")[0];
  if (!cookie) throw new Error(`the ${role} could not sign in: ${response.status}`);
  return cookie;
}
