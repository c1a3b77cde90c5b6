// What queries cost: `node search-cost.mjs FOLDER [QUERIES]` serves a built site, once as a
// host that compresses text and once as one that does not, asks it one to four of its own words (frequent
// ones as often as they are written, some cut short, some misspelled), and says what was fetched for each.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { basePath, folder as given, launch, serve } from "./shared.mjs";

const folder = given();
const wanted = process.argv[3] ?? "200";
const LIMIT = 150_000;

// The same numbers on every run.
let seed = 7;
const random = (below) => {
  seed = (seed * 48271) % 2147483647;
  return seed % below;
};

async function queries(count) {
  const sitemap = await readFile(join(folder, "sitemap.xml"), "utf8");
  const pages = [...sitemap.matchAll(/<loc>https?:\/\/[^/]+(\/[^<]*\/)<\/loc>/g)].map(([, path]) => path.slice(basePath(folder).length));
  const made = [];
  while (made.length < count) {
    const html = await readFile(join(folder, pages[random(pages.length)], "index.html"), "utf8");
    const main = html.slice(html.indexOf("<main"), html.indexOf("</main>")).replace(/<[^>]*>|&\w+;/g, " ");
    const found = main.match(/\p{L}{2,}/gu) ?? [];
    if (!found.length) continue;
    const some = Array.from({ length: 1 + random(4) }, () => found[random(found.length)]);
    if (made.length % 5 === 1) some[0] = some[0].slice(0, Math.max(2, some[0].length - 2));
    if (made.length % 5 === 2) some[0] = some[0].slice(0, 2) + some[0].slice(3);
    made.push(some.join(" "));
  }
  return made;
}

const browser = await launch();
let worst = 0;
const asked = await queries(Number(wanted));
for (const packs of [true, false]) {
  const server = await serve(folder, { packs });
  const costs = [];
  const page = await browser.newPage();
  // Each query is a reader's first: nothing is in the cache.
  const session = await page.context().newCDPSession(page);
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  let [bytes, files] = [0, 0];
  page.on("response", (answer) => {
    if (answer.request().resourceType() !== "fetch") return;
    bytes += Number(answer.headers()["content-length"]);
    files += 1;
  });
  for (const query of asked) {
    [bytes, files] = [0, 0];
    const start = performance.now();
    await page.goto(`${server.url}search/?q=${encodeURIComponent(query)}`);
    await page.waitForFunction(() => document.querySelector("[role=status]").textContent, null, { timeout: 120_000 }).catch(() => {
      throw new Error(`no answer for: ${query}`);
    });
    const time = performance.now() - start;
    const results = await page.locator("[data-results] li").count();
    costs.push({ query, bytes, files, time, results });
  }
  await page.close();
  server.close();
  costs.sort((a, b) => a.bytes - b.bytes);
  const at = (share) => costs[Math.min(costs.length - 1, Math.floor(costs.length * share))];
  const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  const top = at(1);
  worst = Math.max(worst, top.bytes);
  const times = costs.map(({ time }) => time).sort((a, b) => a - b);
  console.log(
    `${packs ? "compressed" : "plain"}: ${costs.length} queries, half at most ${kb(at(0.5).bytes)}, nine in ten ${kb(at(0.9).bytes)}, ` +
      `most ${kb(top.bytes)} in ${top.files} files (${top.query}); ${costs.filter(({ results }) => !results).length} without results; ` +
      `half in ${times[times.length >> 1].toFixed(0)} ms`,
  );
}
await browser.close();
process.exit(worst > LIMIT ? 1 : 0);
