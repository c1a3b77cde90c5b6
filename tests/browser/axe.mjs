// axe-core over every kind of page, light and dark, on a phone and on a desk: `node axe.mjs FOLDER`, with a built
// site, and over what `gen init` begins with in each theme. Besides pages as they load: results, suggestions, replies, a
// form that says what is missing.

import { createRequire } from "node:module";
import { begun, folder, launch, PAGES, serve, THEMES, withEverything, withReplies } from "./shared.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const site = await serve(folder());
const replies = withReplies();
const talk = await serve(replies.folder);
const everything = [withEverything("en"), withEverything("ar")];
const [all, reversed] = await Promise.all(everything.map(({ folder }) => serve(folder)));
const themes = Object.keys(THEMES).map(begun);
const begunSites = await Promise.all(themes.map(({ folder }) => serve(folder)));

const said = (page) => page.waitForFunction(() => document.querySelector("main [role=status]").textContent);
const unfold = (page) => page.evaluate(() => document.querySelectorAll("details").forEach((part) => (part.open = true)));
const states = [
  ...Object.entries(PAGES).map(([name, path]) => [name, site.url + path, name === "page not found" ? said : null]),
  ["article, all unfolded", site.url + PAGES.step, unfold],
  ["search, with results", `${site.url}search/?q=friends`, said],
  ["search, without", `${site.url}search/?q=xqzzkwv`, said],
  ["everything", `${all.url}all/one/`, null],
  ["everything, unfolded", `${all.url}all/one/`, unfold],
  ["everything, a large picture", `${all.url}all/one/`, (page) => page.click(".gallery button")],
  ["everything, right to left", `${reversed.url}all/one/`, null],
  ...Object.entries(THEMES).flatMap(([theme, paths], at) =>
    [...paths, "404.html"].map((path) => [`${theme} /${path}`, begunSites[at].url + path, path.includes("?") || path === "404.html" ? said : null])),
  ["replies", `${talk.url}talk/one/`, null],
  ["replies, form with mistakes", `${talk.url}talk/one/`, async (page) => {
    await page.fill("#gen-reply-email", "nonsense");
    await page.click(".reply-form button");
  }],
];

const browser = await launch();
let [runs, violations] = [0, 0];
for (const width of [390, 1440]) {
  for (const colorScheme of ["light", "dark"]) {
    // The site's own policy would keep axe out.
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
    const page = await context.newPage();
    for (const [name, url, prepare] of states) {
      await page.goto(url);
      await prepare?.(page);
      // What is laid out only when a reader comes near is looked at, too.
      await page.addStyleTag({ content: "* { content-visibility: visible !important; }" });
      await page.addScriptTag({ path: AXE });
      const result = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
      runs += 1;
      for (const { id, help, nodes } of result.violations) {
        violations += nodes.length;
        console.log(`${name}, ${width} px, ${colorScheme}: ${id} (${help}), ${nodes.length} times, first ${nodes[0].target}`);
      }
    }
    await context.close();
  }
}
await browser.close();
site.close();
for (const server of [talk, all, reversed, ...begunSites]) server.close();
for (const built of [replies, ...everything, ...themes]) built.remove();
console.log(`axe: ${states.length} pages and states, ${runs} runs, ${violations} violations`);
process.exit(violations ? 1 : 0);
