// Sites in other languages: `node languages.mjs` builds a small one in Arabic, Japanese, German and Hindi, and reads
// every kind of page in each: no English word, the right direction, letters as the script wants them, search, axe.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { LANGUAGES, launch, run, serve, watched, withLanguages } from "./shared.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const KINDS = ["", "guide/", "guide/one/", "guide/two/", "care/", "care/three/", "care/four/", "tags/", "authors/", "authors/ann/", "archive/", "about/", "search/"];
const AXED = ["", "guide/one/", "care/", "care/three/", "results"];
const [first] = Object.keys(LANGUAGES);
const built = withLanguages();
const site = await serve(built.folder);
const browser = await launch();
const complaints = [];

async function open(options = {}) {
  // The site's own policy would keep axe out.
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, bypassCSP: true, ...options });
  const page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error}`));
  return page;
}

const root = (language) => site.url + (language === first ? "" : `${language}/`);
const said = (page) => page.waitForFunction(() => document.querySelector("main [role=status]").textContent);

// Goes through the pages of a language: those above, its tag, the page that is not there, and a search.
async function* pages(page, language) {
  for (const path of KINDS) {
    await page.goto(root(language) + path);
    yield path;
  }
  await page.goto(`${root(language)}tags/`);
  await page.locator("main .chips a").first().click();
  await page.waitForURL(/tags\/./);
  yield "a tag";
  await page.goto(`${root(language)}search/?q=${encodeURIComponent(LANGUAGES[language].query)}`);
  await said(page);
  yield "results";
  await page.goto(`${root(language)}404.html`);
  await said(page);
  yield "the 404 page";
}

// The theme's words in a language, those with forms too.
const strings = (language) => {
  const text = readFileSync(new URL(`../../themes/default/strings/${language}.toml`, import.meta.url), "utf8");
  return new Map([...text.matchAll(/^(\w+) = (.+)$/gm)].flatMap(([, key, value]) => [...value.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word], at) => [`${key} ${at}`, word])));
};

// All that is read or read out on a page, but what stands in another language: the names in the switch.
const texts = (page) =>
  page.evaluate(() => {
    const found = [document.title];
    const own = (part) => part.closest("[lang]") === document.documentElement && !part.closest("script, style, noscript, code, template");
    for (const part of document.body.querySelectorAll("*")) {
      if (!own(part)) continue;
      for (const { name, value } of part.attributes) {
        if (/^(aria-label|title|alt|placeholder)$/.test(name) || (name.startsWith("data-") && / /.test(value) && !/^[[{/]/.test(value))) found.push(value);
      }
      for (const node of part.childNodes) if (node.nodeType === Node.TEXT_NODE) found.push(node.textContent);
    }
    return found.map((text) => text.trim().replace(/\s+/g, " ")).filter(Boolean);
  });

// Names that are the same everywhere.
const NAMES = /\b(WhatsApp|Facebook|Pinterest|X|gen|RSS|Atom|JavaScript)\b/g;

const steps = {};
for (const language of Object.keys(LANGUAGES)) {
  Object.assign(steps, {
    async [`${language}: no word of the theme is English`]() {
      const [english, own] = [strings("en"), strings(language)];
      const foreign = new Set([...english].filter(([key, word]) => word.length > 2 && ![...own.values()].includes(word)).map(([, word]) => word));
      const page = await open();
      const found = [];
      for await (const name of pages(page, language)) {
        for (const text of await texts(page)) {
          const latin = language !== "de" && text.replace(NAMES, "").replace(/\{\w+\}/g, "").match(/[a-z]{2,}/i);
          if (latin || foreign.has(text)) found.push(`${name}: ${text}`);
        }
      }
      assert.deepEqual([...new Set(found)], []);
    },

    async [`${language}: language, direction, letters`]() {
      const page = await open();
      for await (const name of pages(page, language)) {
        const { lang, dir, spacing } = await page.evaluate(() => ({
          lang: document.documentElement.lang,
          dir: getComputedStyle(document.body).direction,
          spacing: [...document.querySelectorAll("h1, h2, h3, h4, .site-title, .heads a")].map((part) => getComputedStyle(part).letterSpacing),
        }));
        assert.equal(lang, language, name);
        assert.equal(dir, language === "ar" ? "rtl" : "ltr", name);
        if (language !== "de") assert.deepEqual(spacing.filter((space) => space !== "normal" && space !== "0px"), [], name);
        const slanted = await page.locator("main em").evaluateAll((parts) => parts.map((part) => getComputedStyle(part).fontStyle));
        for (const style of slanted) assert.equal(style, language === "de" ? "italic" : "normal");
      }
    },

    async [`${language}: the switch leads to the same page, and back`]() {
      const page = await open();
      for (const path of ["", "guide/one/", "care/", "about/"]) {
        await page.goto(root(language) + path);
        for (const other of Object.keys(LANGUAGES).filter((other) => other !== language)) {
          assert.equal(await page.locator(`.languages a[hreflang="${other}"]`).evaluate(({ href }) => href), root(other) + path);
        }
      }
    },

    async [`${language}: search finds, over any page too`]() {
      const page = await open();
      await page.goto(`${root(language)}search/?q=${encodeURIComponent(LANGUAGES[language].query)}`);
      await said(page);
      const results = await page.locator("[data-results] > ol h2 a").evaluateAll((links) => links.map(({ href }) => href));
      assert(results.includes(`${root(language)}guide/one/`), results.join(" "));
      for (const result of results) assert(result.startsWith(root(language)));
      assert((await page.locator("[data-results] mark").count()) > 0);
      await page.goto(`${root(language)}care/`);
      await page.keyboard.press("/");
      await page.locator(".search-sheet [name=q]").fill(LANGUAGES[language].query);
      await page.locator(".search-sheet h2 a").first().waitFor();
    },

    async [`${language}: nothing is wider than the screen, axe`]() {
      for (const width of [320, 390, 1440]) {
        const page = await open({ viewport: { width, height: 900 }, colorScheme: width === 390 ? "dark" : "light" });
        for await (const name of pages(page, language)) {
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          assert(wide <= 0, `${name}, ${width} px: ${wide} px too wide`);
          if (width === 320 || !AXED.includes(name)) continue;
          await page.addScriptTag({ path: AXE });
          const { violations } = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
          assert.deepEqual(violations.map(({ id, nodes }) => `${id} ${nodes[0].target}`), [], `${name}, ${width} px`);
        }
        await page.context().close();
      }
    },
  });
}

await run(watched(steps, browser, complaints), async () => {
  await browser.close();
  site.close();
  built.remove();
});
