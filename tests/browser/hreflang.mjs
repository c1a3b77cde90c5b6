// What search engines are told of translations: `node hreflang.mjs FOLDER`, with a built site. Reads every page and the
// sitemap. Fails where languages are none, addresses are not whole or lead nowhere, a page does not name itself, has no
// `x-default`, or is not named by the pages that it names.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { basePath, build, folder, withLanguages } from "./shared.mjs";

const NAMES = { language: new Intl.DisplayNames("en", { type: "language", fallback: "none" }), region: new Intl.DisplayNames("en", { type: "region", fallback: "none" }) };

/** Whether a tag is written as BCP 47 has it, and its language and country exist. */
function isLanguage(tag) {
  try {
    const { language, region } = new Intl.Locale(tag);
    return new Intl.Locale(tag).toString() === tag && !!NAMES.language.of(language) && (!region || !!NAMES.region.of(region));
  } catch {
    return false;
  }
}

const plain = (text) => text.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const attributes = (tag) => Object.fromEntries([...tag.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, name, value]) => [name, plain(value)]));
const links = (text, name = "link") => [...text.matchAll(new RegExp(`<${name}\\b[^>]*>`, "g"))].map(([tag]) => attributes(tag));
// The alternates of a page as one text that can be compared.
const told = (alternates) => alternates.map(({ hreflang, href }) => `${hreflang} ${href}`).sort().join(", ");

function read(site) {
  const origin = new URL(links(readFileSync(join(site, "index.html"), "utf8")).find(({ rel }) => rel === "canonical").href).origin;
  const base = basePath(site);
  const pages = new Map();
  for (const name of readdirSync(site, { recursive: true }).filter((name) => name.endsWith(".html"))) {
    const html = readFileSync(join(site, name), "utf8");
    // A redirect page has no text, and no language.
    if (/http-equiv="refresh"/.test(html)) continue;
    const head = links(html.slice(0, html.indexOf("</head>")));
    const [, languages = ""] = html.match(/<nav class="languages"(.*?)<\/nav>/s) ?? [];
    pages.set(origin + base + name.replace(/(^|\/)index\.html$/, "$1"), {
      language: attributes(html.match(/<html\b[^>]*>/)[0]).lang,
      canonical: head.find(({ rel }) => rel === "canonical")?.href,
      alternates: head.filter(({ rel, hreflang }) => rel === "alternate" && hreflang),
      hidden: /<meta name="robots" content="noindex/.test(html),
      switched: links(languages, "a").map(({ href, ...rest }) => ({ ...rest, href: origin + href })),
    });
  }
  const sitemap = existsSync(join(site, "sitemap.xml")) ? readFileSync(join(site, "sitemap.xml"), "utf8") : "";
  const listed = new Map([...sitemap.matchAll(/<url>(.*?)<\/url>/gs)].map(([, url]) => [plain(url.match(/<loc>(.*?)<\/loc>/)[1]), links(url, "xhtml:link")]));
  return { pages, listed };
}

function faults({ pages, listed }) {
  const found = [];
  for (const [address, page] of pages) {
    const fault = (text) => found.push(`${address} ${text}`);
    const { language, canonical, alternates, hidden, switched } = page;
    if (!isLanguage(language)) fault(`is in no language: ${language}`);
    if (canonical && !pages.has(canonical)) fault(`has a canonical address that is not there: ${canonical}`);
    for (const { href, hreflang } of switched) {
      if (!pages.has(href)) fault(`has a switch to what is not there: ${href}`);
      else if (alternates.length && hreflang && !alternates.some((other) => other.hreflang === hreflang && other.href === href)) fault(`switches to ${hreflang}, but names no such translation`);
    }
    if (listed.has(address) && told(listed.get(address)) !== told(alternates)) fault(`says otherwise in sitemap.xml: ${told(listed.get(address))}; here: ${told(alternates)}`);
    if (!alternates.length) continue;
    if (hidden) fault("is not for search engines and names translations");
    if (canonical !== address) fault(`names translations, and ${canonical} as canonical`);
    const tags = alternates.map(({ hreflang }) => hreflang);
    if (new Set(tags).size < tags.length) fault(`names a language twice: ${tags}`);
    if (!tags.includes("x-default")) fault("has no x-default");
    if (!alternates.some(({ hreflang, href }) => hreflang === language && href === address)) fault(`does not name itself as ${language}`);
    for (const { hreflang, href } of alternates) {
      const other = pages.get(href);
      if (hreflang !== "x-default" && !isLanguage(hreflang)) fault(`names no language: ${hreflang}`);
      if (!URL.canParse(href) || new URL(href).hash) fault(`names no whole address: ${href}`);
      else if (!other) fault(`names what is not there: ${href}`);
      else if (hreflang !== "x-default" && other.language !== hreflang) fault(`calls ${href} ${hreflang}, which is ${other.language}`);
      else if (told(other.alternates) !== told(alternates)) fault(`is not named alike by ${href}: ${told(other.alternates)}`);
    }
  }
  return found;
}

let failed = 0;
const small = withLanguages();
const old = build({
  "site.toml": 'title = "One language"\nbase_url = "https://example.org/below"\n[headers]\nfile = true\n',
  "content/index.md": "---\ntitle: One\n---\nA small site.\n",
});
for (const [name, site, several] of [["the site", folder(), true], ["four languages", small.folder, true], ["one language", old.folder, false]]) {
  const read_ = read(site);
  const found = faults(read_);
  const tied = [...read_.pages.values()].filter(({ alternates }) => alternates.length).length;
  if (several !== tied > 0) found.push(several ? "no page names a translation" : "names translations that there are none of");
  for (const fault of found) console.log(`FAIL ${fault}`);
  console.log(`${name}: ${read_.pages.size} pages, ${tied} with translations, ${found.length} faults`);
  failed += found.length;
}
for (const built of [small, old]) built.remove();
process.exit(failed ? 1 : 0);
