// Lighthouse with its mobile defaults on every kind of page: `node lighthouse.mjs FOLDER`, with a built site. Fails
// below 100 in any category; search and the page for addresses that are none are `noindex`, so their SEO is not asked.
// What a busy machine slows down is measured again, up to three times in all (TRIES names another number), and every
// score is printed. A second argument is the name of the only kind of page to measure.

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { ARGUMENTS, chromiumPath, folder, PAGES, serve, UNLISTED, withReplies } from "./shared.mjs";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const TRIES = Number(process.env.TRIES ?? 3);

const site = await serve(folder());
const replies = withReplies();
const talk = await serve(replies.folder);
const asked = Object.entries(PAGES)
  // Asked for by its own name: the status 404 of an address that is none would count as an error.
  .map(([name, path]) => [name, site.url + (name === "page not found" ? "404.html" : path)])
  .concat([["search, with results", `${site.url}search/?q=friends`], ["replies", `${talk.url}talk/one/`]]);
const only = process.argv[3];

const chrome = await launch({ chromePath: chromiumPath(), chromeFlags: ["--headless=new", ...ARGUMENTS], logLevel: "error" });
let failed = 0;
for (const [name, url] of asked.filter(([name]) => !only || name === only)) {
  const categories = CATEGORIES.filter((id) => id !== "seo" || !UNLISTED.some((unlisted) => name.startsWith(unlisted)));
  const said = [];
  let good = false;
  let missed = [];
  for (let tries = 0; tries < TRIES && !good; tries++) {
    const { lhr } = await lighthouse(url, { port: chrome.port, output: "json", onlyCategories: categories, logLevel: "error" });
    if (lhr.runtimeError) throw new Error(`${name}: ${lhr.runtimeError.message}`);
    const scores = categories.map((id) => Math.round(lhr.categories[id].score * 100));
    said.push(scores.join("/"));
    good = scores.every((score) => score === 100);
    missed = categories.flatMap((id) => lhr.categories[id].auditRefs)
      .filter(({ weight, id }) => weight && lhr.audits[id].score !== null && lhr.audits[id].score < 0.9)
      .map(({ id }) => `${id} ${lhr.audits[id].displayValue ?? ""}`.trim());
  }
  if (!good) failed += 1;
  console.log(`${good ? "ok  " : "FAIL"} ${name}: ${said.join(", then ")}${good || !missed.length ? "" : ` (${missed.join("; ")})`}`);
}
await chrome.kill();
site.close();
talk.close();
replies.remove();
console.log(`Lighthouse: ${failed} pages below 100 (${CATEGORIES.join(", ")})`);
process.exit(failed ? 1 : 0);
