// Searches a built site as a reader does: `node search.mjs FOLDER`, with the advice site of this repository, under
// the policy that the site itself asks for.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { build, folder, launch, run, serve } from "./shared.mjs";

const site = await serve(folder());
const base = site.url;
const browser = await launch();
const complaints = [];

// A page whose complaints are kept.
async function open(options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && !/404/.test(message.text()) && complaints.push(message.text()));
  return page;
}

const titles = (page) => page.locator("[data-results] h2 a").allTextContents();
const said = (page, words) => page.waitForFunction((words) => new RegExp(words).test(document.querySelector("[role=status]").textContent), words);

async function ask(page, query) {
  await page.evaluate(() => (document.querySelector("[role=status]").textContent = ""));
  await page.locator("[name=q]").fill(query);
  await page.keyboard.press("Enter");
  await said(page, "\\w");
  return titles(page);
}

const tests = {
  async "words are cut as the generator cuts them"() {
    const page = await open();
    await page.goto(`${base}search/`);
    const table = readFileSync(new URL("words.txt", import.meta.url), "utf8");
    const cases = table.split("\n").filter((line) => line.includes(" → ")).map((line) => line.split(" → "));
    assert(cases.length > 20);
    const made = await page.evaluate(async (texts) => {
      const { words } = await import(document.querySelector("script[src*=search]").src);
      return texts.map((text) => words(text).join(" "));
    }, cases.map(([text]) => text));
    cases.forEach(([text, expected], at) => assert.equal(made[at], expected.trim(), text));
  },

  async "a word is found, in titles first, and marked"() {
    const page = await open();
    await page.goto(`${base}search/`);
    const found = await ask(page, "songs");
    assert.match(found[0], /songs/i);
    assert.match(await page.locator("[data-results] h2 mark").first().textContent(), /songs/i);
    assert.equal(new URL(page.url()).search, "?q=songs");
  },

  async "what readers ask has the right first answer"() {
    const page = await open();
    await page.goto(`${base}search/`);
    for (const [query, first] of [
      ["kill myself", /find help/i],
      ["I want to die", /find help/i],
      ["suicide", /find help/i],
      ["helpline", /find help/i],
      ["he hits me", /fear or violence/i],
      ["violent", /fear or violence/i],
      ["abuse", /fear or violence/i],
      ["afraid of my ex", /fear or violence/i],
      ["cheated", /unfaithful/i],
      ["affair", /unfaithful/i],
      ["divorce", /divorce|married/i],
      ["ghosted", /ghost/i],
      ["money", /money/i],
      ["moving out", /moving out/i],
      ["therapist", /therapist/i],
      ["counselling", /therapist/i],
      ["how long", /how long/i],
      ["sleep", /sleep/i],
      ["songs", /songs/i],
      ["star sign", /star sign/i],
      ["friends", /friends/i],
      ["first date", /first date/i],
      ["first message", /first message/i],
      ["no contact", /no contact/i],
      ["begging", /begging/i],
      ["trust", /trust/i],
      ["oyster", /oyster/i],
      ["letting go", /letting go/i],
      ["space", /space/i],
      ["child", /child/i],
    ]) {
      const [found] = await ask(page, query);
      assert.match(found ?? "nothing", first, query);
    }
  },

  async "beginnings and slips are forgiven"() {
    const page = await open();
    await page.goto(`${base}search/`);
    assert.match((await ask(page, "oyst"))[0], /oyster/i);
    assert.match((await ask(page, "oystreing"))[0], /oyster/i);
    assert.match((await ask(page, "playlsit"))[0], /songs/i);
    assert.match((await ask(page, "Zódiac signs"))[0], /sign/i);
    assert.deepEqual(await ask(page, "xqzzkwv"), []);
  },

  async "forms of a word are one, those too that no page holds"() {
    const page = await open();
    await page.goto(`${base}search/`);
    for (const query of ["cheats", "cheating", "divorcing", "divorces"]) {
      assert.match((await ask(page, query))[0] ?? "nothing", /unfaithful|divorce|married/i, query);
    }
    assert.deepEqual((await ask(page, "songs")).slice(0, 3), (await ask(page, "song")).slice(0, 3));
  },

  async "words in quotes follow each other"() {
    const page = await open();
    await page.goto(`${base}search/`);
    const found = await ask(page, '"no contact"');
    assert.match(found[0], /no contact/i);
    for (const path of await page.locator("[data-results] > ol h2 a").evaluateAll((links) => links.slice(0, 8).map(({ href }) => href))) {
      const html = await (await fetch(path)).text();
      assert.match(html.replace(/<[^>]*>/g, " ").replace(/\s+/g, " "), /no[ -]contact/i, path);
    }
    assert.match(await page.locator("[data-results] mark").first().textContent(), /^(no|contact)$/i);
    await ask(page, "“contact no”");
    assert.equal(await page.locator("[data-results] > ol li").count(), 0);
    assert(await page.getByText("Pages with some of these words").first().isVisible());
  },

  async "pages with all words come first, those with some below"() {
    const page = await open();
    await page.goto(`${base}search/`);
    assert.match((await ask(page, "breakup songs"))[0], /songs/i);
    assert(await page.getByRole("heading", { name: "Pages with some of these words" }).isVisible());
    assert((await page.locator("[data-part] li").count()) > 0);
    await ask(page, "songs");
    assert(!(await page.getByRole("heading", { name: "Pages with some of these words" }).isVisible()));
  },

  async "a slip is told"() {
    const page = await open();
    await page.goto(`${base}search/`);
    await ask(page, "playlsit");
    const link = page.getByText("Did you mean").getByRole("link", { name: "playlist" });
    await link.click();
    await page.waitForURL(`${base}search/?q=playlist`);
    await said(page, "\\d");
    assert.equal(await page.getByText("Did you mean").count(), 0);
  },

  async "names with signs, words of code, and scripts without spaces are found"() {
    const article = (title, body) => `---\ntitle: ${title}\ndescription: A text.\ndate: 2026-01-01\n---\n${body}\n`;
    const small = build({
      "site.toml": 'title = "Small"\nbase_url = "https://example.org"\nsearch = true\n',
      "content/index.md": "---\ntitle: Small\n---\nA small site.\n",
      "content/favicon.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>',
      "content/a/index.md": "---\ntitle: Notes\ndescription: All.\n---\n",
      "content/a/one.md": article("Templates", "They come from C++, and Notepad++ shows them.\n\n```rust\nlet total_price = sum(&items);\n```"),
      "content/a/two.md": article("Queries", "In C# this is LINQ, of .NET."),
      "content/a/three.md": article("Trees", "A net, and what is left over."),
      "content/a/four.md": article("失恋", "分手以后，慢慢来。"),
      "content/a/five.md": article("恋爱", "以后再说，分手不难。"),
    });
    const server = await serve(small.folder);
    const page = await open();
    await page.goto(`${server.url}search/`);
    for (const [query, expected] of [
      ["C++", ["Templates"]],
      ["c#", ["Queries"]],
      [".net", ["Queries"]],
      ["notepad", ["Templates"]],
      ["total_price", ["Templates"]],
      ["分手", ["失恋", "恋爱"]],
      ['"分手以后"', ["失恋"]],
    ]) {
      await ask(page, query);
      assert.deepEqual((await page.locator("[data-results] > ol h2 a").allTextContents()).sort(), expected.sort(), query);
    }
    server.close();
    small.remove();
  },

  async "where the description is silent, the text itself is quoted"() {
    const page = await open();
    await page.goto(`${base}search/`);
    await ask(page, "landlord");
    assert.match(await page.locator(".search-text mark").first().textContent(), /landlord/i);
  },

  async "back leads to the results again"() {
    const page = await open();
    await page.goto(`${base}search/?q=friends`);
    await said(page, "\\d");
    const before = await titles(page);
    await page.locator("[data-results] h2 a").first().click();
    await page.waitForURL((url) => !url.pathname.endsWith("/search/"));
    await page.goBack();
    await said(page, "\\d");
    assert.deepEqual(await titles(page), before);
    await ask(page, "sleep");
    await page.goBack();
    await page.waitForFunction(() => document.querySelector("[name=q]").value === "friends");
  },

  async "what is typed is text"() {
    const page = await open();
    await page.goto(`${base}search/?q=${encodeURIComponent("<img src=x onerror=alert(1)>")}`);
    await said(page, "\\w");
    assert.equal(await page.locator("[data-results] img").count(), 0);
  },

  async "an address that is none leads to likely pages"() {
    const page = await open();
    await page.goto(`${base}old/oystering-life.html`);
    await said(page, "\\w");
    assert.match((await titles(page))[0], /oyster/i);
    await page.keyboard.press("Tab");
    await page.locator("[name=q]").fill("friends");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${base}search/?q=friends`);
    await said(page, "\\d");
  },

  async "without scripts the page says so and leads on"() {
    const page = await open({ javaScriptEnabled: false });
    await page.goto(`${base}search/`);
    assert(!(await page.locator("[name=q]").isVisible()));
    assert((await page.locator("main noscript, main").getByRole("link").count()) >= 2);
    await page.goto(`${base}404.html`);
    assert(!(await page.locator("[name=q]").isVisible()));
    assert((await page.locator("main .card a").count()) > 3);
  },

  async "nothing of it is loaded elsewhere"() {
    const page = await open();
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(base);
    await page.waitForLoadState("networkidle");
    assert.deepEqual(asked.filter((url) => /search/.test(url)), []);
  },

  async "nothing moves"() {
    const page = await open({ viewport: { width: 390, height: 800 } });
    await page.addInitScript(() => {
      window.shift = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => (window.shift += entry.value))).observe({ type: "layout-shift", buffered: true });
    });
    for (const path of ["search/?q=friends", "old/oystering-life"]) {
      await page.goto(base + path);
      await said(page, "\\w");
      await page.waitForTimeout(300);
      assert.equal(await page.evaluate(() => window.shift), 0, path);
    }
  },
};

const watched = Object.entries(tests).map(([name, test]) => [
  name,
  async () => {
    complaints.length = 0;
    await test();
    assert.deepEqual(complaints, []);
  },
]);
await run(Object.fromEntries(watched), async () => {
  await browser.close();
  site.close();
});
