// Searches a built site as a reader does: `node search.mjs FOLDER`, with the advice site of this repository, under
// the policy that the site itself asks for.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { folder, launch, run, serve } from "./shared.mjs";

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
