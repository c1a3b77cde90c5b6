// When something is first seen, on Lighthouse's slow phone: `node paint.mjs FOLDER [RUNS]`, with a built site. Tells
// the medians of first and largest paint for some kinds of page; fails nothing.

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { ARGUMENTS, chromiumPath, folder, PAGES, serve } from "./shared.mjs";

const runs = Number(process.argv[3] ?? 3);
const site = await serve(folder());
const chrome = await launch({ chromePath: chromiumPath(), chromeFlags: ["--headless=new", ...ARGUMENTS], logLevel: "error" });
for (const name of ["home", "article", "step", "hub", "section"]) {
  const found = [];
  for (let run = 0; run < runs; run++) {
    const { lhr } = await lighthouse(site.url + PAGES[name], { port: chrome.port, output: "json", onlyCategories: ["performance"], logLevel: "error" });
    found.push(["first-contentful-paint", "largest-contentful-paint", "total-byte-weight"].map((id) => lhr.audits[id].numericValue));
  }
  const median = (at) => found.map((values) => values[at]).sort((a, b) => a - b)[runs >> 1];
  console.log(`${name}: first ${(median(0) / 1000).toFixed(2)} s, largest ${(median(1) / 1000).toFixed(2)} s, ${(median(2) / 1000).toFixed(0)} kB`);
}
await chrome.kill();
site.close();
