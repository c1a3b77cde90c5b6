// Reads a built site as people do: `node e2e.mjs FOLDER`. From home to an article and on, with a keyboard, in the
// dark, without scripts, on narrow and wide screens. Every page's console and every address that it asks for is watched.

import assert from "node:assert/strict";
import { folder, launch, PAGES, run, serve, watched, withReplies } from "./shared.mjs";

const site = await serve(folder());
const replies = withReplies();
const talk = await serve(replies.folder);
const crawling = await serve(folder(), { packs: false, slow: true });
const browser = await launch();
const complaints = [];

// A page that tells what is wrong with it. The browser itself reports the status 404 of what is not there.
async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && ![site.origin, talk.origin, crawling.origin].includes(origin)) complaints.push(`asks for ${request.url()}`);
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error}`));
  page.on("console", (message) => {
    const { url } = message.location();
    if (message.type() === "error" && !url.includes("no/such")) complaints.push(`${url}: ${message.text()}`);
  });
  return page;
}

const heading = (page) => page.locator("h1").innerText();
const said = (page) => page.waitForFunction(() => document.querySelector("main [role=status]").textContent);
const paper = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

const reading = {
  async "from home to an article, to its first card, and on to what is not read yet"() {
    const page = await open();
    await page.goto(site.url);
    const home = await heading(page);
    await page.locator(".latest .lead a").click();
    await page.waitForFunction((home) => document.querySelector("h1").innerText !== home, home);
    const read = [await heading(page)];
    while (read.length < 6) {
      await page.waitForLoadState();
      const cards = page.locator(".up-next li");
      const isStep = (await page.locator(".next").count()) > 0;
      const count = await cards.count();
      assert(isStep ? count >= 6 : count === 7, `${count} cards`);
      assert.match(await cards.first().getAttribute("class"), /lead/);
      for (const text of await cards.locator(".card-text").allTextContents()) assert(text.length > 20, text);
      const titles = await cards.locator(".card-title").allTextContents();
      const below = await page.locator(".next h2, .mentioned a").allTextContents();
      assert.equal(new Set([...titles, ...below, read.at(-1)]).size, count + below.length + 1, `${read.at(-1)} offers ${titles}, ${below}`);
      for (const text of await cards.locator(".reason").allTextContents()) assert(text.length > 3);
      const next = read.length === 1 ? 0 : titles.findIndex((title) => !read.includes(title));
      await cards.nth(next).locator("a").first().click();
      await page.waitForFunction((title) => document.querySelector("h1").innerText === title, titles[next]);
      read.push(titles[next]);
    }
  },

  async "through a guide, step by step, and back"() {
    const page = await open();
    await page.goto(site.url + PAGES.hub);
    const total = await page.locator(".head .steps li").count();
    assert(total >= 5);
    const title = await heading(page);
    await page.locator(".head .steps a").first().click();
    const at = (step) =>
      page.waitForFunction((text) => document.querySelector(".next-foot .progress")?.textContent === text, `Step ${step} of ${total}`);
    for (let step = 1; step <= total; step++) {
      await at(step);
      const next = page.locator(".next h2 a[rel=next]");
      assert.equal(await next.count(), step < total ? 1 : 0);
      assert.equal(await page.locator(".next-foot a[rel=prev]").count(), step > 1 ? 1 : 0);
      // The next step is offered once: as title, with the button that says the same.
      if (step < total) {
        const href = await next.getAttribute("href");
        assert.equal(await page.locator(`main a[href="${href}"]:not([aria-hidden], .prose a, .along a)`).count(), 1, href);
        await next.click();
      }
    }
    await page.locator(".next-foot a[rel=prev]").click();
    await at(total - 1);
    await page.locator(".next-foot p:last-child a:last-child").click();
    await page.waitForFunction((title) => document.querySelector("h1").innerText === title, title);
  },

  async "a step that was passed over is told, in this browser only"() {
    const page = await open();
    await page.goto(site.url + PAGES.hub);
    const links = await page.locator(".head .steps a").evaluateAll((links) => links.map(({ href }) => href));
    const missed = page.locator(".missed");
    await page.goto(links[0]);
    assert(!(await missed.isVisible()));
    await page.goto(links[2]);
    assert.match(await missed.innerText(), /missed step 2/);
    assert.equal(await missed.locator("a:visible").getAttribute("href"), new URL(links[1]).pathname);
    await page.goto(links[1]);
    assert(!(await missed.isVisible()));
    // Every step shows all of them, and which it is.
    assert.equal(await page.locator(".along a").count(), links.length);
    assert.equal(await page.locator(".along [aria-current]").evaluate(({ href }) => href), links[1]);
  },

  async "a whole guide is printed, its steps in their order"() {
    const page = await open();
    await page.addInitScript(() => (window.print = () => (window.printed = [...document.querySelectorAll(".whole h1")].map((title) => title.textContent))));
    await page.goto(site.url + PAGES.hub);
    const titles = await page.locator(".head .steps a").allInnerTexts();
    await page.locator("[data-print] button").click();
    await page.waitForFunction(() => window.printed);
    assert.deepEqual(await page.evaluate(() => window.printed), titles);
    await page.waitForFunction(() => !document.querySelector(".whole"));
  },

  async "search finds, an address that is none suggests"() {
    const page = await open();
    await page.goto(site.url);
    await page.keyboard.press("/");
    const sheet = page.locator(".search-sheet");
    await sheet.locator("[name=q]").fill("oyster");
    assert.match(await sheet.locator("h2 a").first().innerText(), /oyster/i);
    await page.keyboard.press("Escape");
    assert(!(await sheet.isVisible()));
    await page.locator(".site-footer").getByRole("link", { name: "Search" }).click();
    await page.waitForURL(`${site.url}search/`);
    await page.locator("[name=q]").fill("oystering");
    await page.keyboard.press("Enter");
    await said(page);
    const found = page.locator("[data-results] h2 a").first();
    assert.match(await found.innerText(), /oyster/i);
    await found.click();
    await page.waitForURL(site.url + PAGES.article);
    const answer = await page.goto(site.url + PAGES["page not found"]);
    assert.equal(answer.status(), 404);
    await said(page);
    assert.match(await page.locator("[data-results] a").first().innerText(), /oyster/i);
  },
};

const colours = {
  async "dark colours hold over pages and reloads, from the first frame on"() {
    const page = await open({ colorScheme: "light" });
    await page.addInitScript(() => {
      window.frames_ = [];
      const look = () => {
        if (document.body) window.frames_.push(getComputedStyle(document.body).backgroundColor);
        if (window.frames_.length < 20) requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await page.goto(site.url);
    const light = await paper(page);
    const button = page.locator(".scheme");
    assert.equal(await button.getAttribute("aria-pressed"), "false");
    await button.click();
    const dark = await paper(page);
    assert.notEqual(dark, light);
    assert.equal(await button.getAttribute("aria-pressed"), "true");
    const held = async () => {
      await page.waitForFunction(() => window.frames_.length >= 20);
      assert.deepEqual([...new Set(await page.evaluate(() => window.frames_))], [dark]);
      assert.equal(await page.locator(".scheme").getAttribute("aria-pressed"), "true");
    };
    for (const path of [PAGES.article, PAGES.search, PAGES.tag]) {
      await page.goto(site.url + path);
      await held();
    }
    await page.reload();
    await held();
    await page.locator(".scheme").click();
    assert.equal(await paper(page), light);
    await page.reload();
    assert.equal(await paper(page), light);
  },

  async "dark colours of the device hold without a choice"() {
    const page = await open({ colorScheme: "dark" });
    await page.goto(site.url);
    const dark = await paper(page);
    const other = await open({ colorScheme: "light" });
    await other.goto(site.url);
    assert.notEqual(dark, await paper(other));
    assert.equal(await page.locator(".scheme").getAttribute("aria-pressed"), "true");
  },
};

const sharing = {
  async "the link is copied; there is no button of the device where it has none"() {
    const page = await open({ permissions: ["clipboard-read", "clipboard-write"] });
    await page.addInitScript(() => delete Navigator.prototype.share);
    await page.goto(site.url + PAGES.article);
    assert(!(await page.locator("[data-share=device]").isVisible()));
    await page.locator("[data-share=copy] button").click();
    await page.waitForFunction(() => document.querySelector(".share [role=status]").textContent);
    const canonical = await page.locator("link[rel=canonical]").getAttribute("href");
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), canonical);
  },

  async "where the device can share, its button does"() {
    const page = await open();
    await page.addInitScript(() => (Navigator.prototype.share = async (what) => (window.shared = what)));
    await page.goto(site.url + PAGES.article);
    await page.locator("[data-share=device] button").click();
    const canonical = await page.locator("link[rel=canonical]").getAttribute("href");
    assert.equal(await page.evaluate(() => window.shared.url), canonical);
  },
};

const replying = {
  async "a reply is not sent while it lacks something, and then is"() {
    for (const javaScriptEnabled of [true, false]) {
      const page = await open({ javaScriptEnabled });
      talk.posted.length = 0;
      await page.goto(`${talk.url}talk/one/`);
      const error = (field) => page.locator(`.field:has(#gen-reply-${field}) .field-error`).isVisible();
      assert.deepEqual([await error("name"), await error("email"), await error("text")], [false, false, false]);
      await page.locator(".reply-form button").click();
      assert.equal(page.url(), `${talk.url}talk/one/`);
      assert.deepEqual([await error("name"), await error("email"), await error("text")], [true, false, true]);
      await page.fill("#gen-reply-name", "Zoë");
      await page.fill("#gen-reply-email", "nonsense");
      await page.fill("#gen-reply-text", "Two lines,\nand <b>no</b> markup.");
      await page.locator(".reply-form button").click();
      assert.deepEqual([await error("name"), await error("email"), await error("text")], [false, true, false]);
      assert.equal(talk.posted.length, 0);
      await page.fill("#gen-reply-email", "");
      await page.locator(".reply-form button").click();
      await page.waitForURL("**/api/replies");
      const [{ path, body }] = talk.posted;
      assert.match(path, /\/api\/replies$/);
      assert.equal(body.get("name"), "Zoë");
      assert.equal(body.get("text").replaceAll("\r", ""), "Two lines,\nand <b>no</b> markup.");
      assert.equal(body.get("website"), "");
      assert.equal(body.get("page"), "https://example.org/below/talk/one/");
    }
  },

  async "a reply has an address of its own"() {
    const page = await open();
    await page.goto(`${talk.url}talk/one/`);
    await page.locator(".reply-link").nth(1).click();
    assert.match(page.url(), /#reply-ana-rios-2026-03-03$/);
    assert(await page.locator("#reply-ana-rios-2026-03-03").evaluate((reply) => reply.matches(":target")));
  },
};

// Every page that the sitemap names.
async function everyPage() {
  const sitemap = await (await fetch(`${site.url}sitemap.xml`)).text();
  const pages = [...sitemap.matchAll(/<loc>https?:\/\/[^/]+([^<]*)<\/loc>/g)].map(([, path]) => site.origin + path);
  assert(pages.length > 20);
  return pages;
}

const first = {
  async "title, deck and first sentence stand on the first screen"() {
    for (const viewport of [{ width: 390, height: 844 }, { width: 1440, height: 900 }]) {
      const page = await open({ viewport });
      for (const path of [PAGES.article, PAGES.step, "hard-questions/divorce/", `de/${PAGES.step}`, `es/${PAGES["article with a crisis box"]}`]) {
        await page.goto(site.url + path);
        const { top, height } = await page.evaluate(() => {
          const range = document.createRange();
          range.selectNodeContents(document.querySelector(".prose p"));
          const [line] = range.getClientRects();
          return { top: line.top, height: line.height };
        });
        assert(top + height < viewport.height, `${path} at ${viewport.width} px: ${Math.round(top)}`);
      }
      await page.context().close();
    }
  },

  async "help is a list of numbers to tap, and a way to leave"() {
    const page = await open();
    for (const [path, numbers] of [["find-help/", 30], ["de/find-help/", 15], ["es/find-help/", 15]]) {
      await page.goto(site.url + path);
      assert((await page.locator("td a[href^='tel:']").count()) > numbers, path);
      assert.equal(await page.locator(".card, .share").count(), 0);
      assert.match(await page.locator("[data-exit]").getAttribute("href"), /^https:/);
      assert((await page.locator(".up-next li").count()) <= 3);
      // No number stands there that cannot be tapped; a day is none.
      const plain = await page.locator("td:not(:first-child)").evaluateAll((cells) =>
        cells.filter((cell) => /\d{3}/.test(cell.textContent.replace(/\d+\.? (de )?\p{L}+\.? (de )?\d{4}/gu, "")) && !cell.querySelector("a[href^='tel:'], a[href^='sms:'], a[href^='http']")).map((cell) => cell.textContent));
      assert.deepEqual(plain, [], path);
    }
  },

  async "every link of a box for a crisis lands on its part of the page"() {
    const page = await open({ viewport: { width: 390, height: 844 } });
    const targets = new Set();
    for (const url of await everyPage()) {
      const html = await (await fetch(url)).text();
      for (const [, box] of html.matchAll(/callout-crisis"(.*?)<\/(?:aside|section|div)>/gs)) {
        for (const [, href] of box.matchAll(/href="([^"]*#[^"]*)"/g)) targets.add(new URL(href, url).href);
      }
    }
    assert(targets.size > 0);
    for (const target of targets) {
      await page.goto("about:blank");
      await page.goto(target);
      const top = await page.evaluate(() => document.querySelector(":target")?.getBoundingClientRect().top);
      assert(top > -2 && top < 844, `${target}: ${top}`);
    }
  },

  async "no card says what a machine thinks"() {
    const reasons = /Picks up on|Mentions this article|Mentioned above|New here/;
    for (const url of await everyPage()) {
      const html = await (await fetch(url)).text();
      for (const [, reason] of html.matchAll(/class="reason">([^<]*)/g)) {
        assert.doesNotMatch(reason, reasons, url);
      }
    }
  },
};

const plain = {
  async "without scripts all can be read, and every page leads on"() {
    const page = await open({ javaScriptEnabled: false });
    for (const path of Object.values(PAGES)) {
      await page.goto(site.url + path);
      assert((await page.locator("main").innerText()).length > 100, path);
      assert((await page.locator("main a:visible").count()) >= 2, path);
      // What needs a script is not shown.
      for (const part of ["button", "[name=q]"]) assert.equal(await page.locator(`${part}:visible`).count(), 0, `${path}: ${part}`);
    }
    await page.goto(site.url);
    await page.locator(".latest .lead a").click();
    await page.waitForLoadState();
    await page.locator(".up-next .lead a").click();
    await page.waitForLoadState();
    assert((await page.locator(".up-next li").count()) >= 5);
    const contents = page.locator(".toc summary");
    await page.goto(site.url + PAGES["article with a crisis box"]);
    if (await contents.count()) {
      // Where there is room, all of it is shown.
      if (!(await page.locator(".toc a").first().isVisible())) await contents.click();
      await page.locator(".toc a").first().click();
      assert.match(page.url(), /#./);
    }
  },
};

// Where the focus is: its place in the page, whether it is in sight, and whether a mark shows it.
const focus = (page) =>
  page.evaluate(() => {
    const part = document.activeElement;
    const box = part.getBoundingClientRect();
    const outlined = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const all = [...document.querySelectorAll("*")];
    return {
      name: `${part.tagName} ${part.innerText || part.ariaLabel || part.name}`.slice(0, 50),
      at: all.indexOf(part),
      top: box.top + scrollY,
      bottom: box.bottom,
      shown: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
      marked: outlined(getComputedStyle(part)) || outlined(getComputedStyle(part, "::after")),
      end: part === document.body,
    };
  });

const keys = {
  async "the first key press offers to skip to the text, and does"() {
    for (const path of Object.values(PAGES)) {
      const page = await open();
      await page.goto(site.url + path);
      await page.keyboard.press("Tab");
      assert(await page.locator(".skip").evaluate((link) => link === document.activeElement), path);
      assert((await focus(page)).shown, path);
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      assert(await page.evaluate(() => !!document.activeElement.closest("main")), `${path}: ${(await focus(page)).name}`);
      await page.context().close();
    }
  },

  async "the focus is seen wherever it goes, in the order of the page"() {
    for (const [width, origin, paths] of [
      [390, site.url, ["", PAGES.step, PAGES.hub, PAGES.tag, `${PAGES.search}?q=friends`]],
      [1440, site.url, ["", PAGES.step, PAGES.author]],
      [390, talk.url, ["talk/one/"]],
    ]) {
      for (const path of paths) {
        const page = await open({ viewport: { width, height: 900 } });
        await page.goto(origin + path);
        if (path.includes("?")) await said(page);
        // The header's menu stands below the button on a phone, and is one line.
        let before = { at: -1, top: 0 };
        let stops = 0;
        for (; stops < 200; stops++) {
          await page.keyboard.press("Tab");
          const now = await focus(page);
          if (now.end || now.at < before.at) break;
          const where = `${path}, ${width} px: ${now.name}`;
          assert(now.shown, `${where} is out of sight`);
          assert(now.marked, `${where} has no mark`);
          if (width === 390) assert(now.top > before.top - 80, `${where} stands above the stop before`);
          before = now;
        }
        const links = await page.locator("a:visible, button:visible, input:visible, textarea:visible, summary:visible, [tabindex='0']:visible").count();
        assert(stops >= links - 2 && stops < 200, `${path}: ${stops} stops, ${links} parts`);
        await page.context().close();
      }
    }
  },
};

// Keeps what moved, and where from and to.
function watchShifts() {
  window.shifts = [];
  const tell = ({ node, previousRect: a, currentRect: b }) => `${node?.nodeName}.${node?.className} ${[a.x, a.y, b.x, b.y].map(Math.round)}`;
  const add = (list) => list.getEntries().forEach(({ value, sources }) => window.shifts.push(`${value}: ${sources.map(tell)}`));
  new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
}

const steady = {
  async "nothing shifts while a page loads and is read"() {
    for (const [width, paths] of [[390, Object.values(PAGES)], [1440, ["", PAGES.step, PAGES.hub, PAGES.tag, PAGES.search]]]) {
      for (const path of [...paths, `${PAGES.search}?q=friends`]) {
        const page = await open({ viewport: { width, height: 800 } });
        await page.addInitScript(watchShifts);
        await page.goto(site.url + path);
        if (path.includes("search")) await page.waitForTimeout(300);
        const height = await page.evaluate(() => document.documentElement.scrollHeight);
        for (let top = 0; top < height; top += 700) {
          await page.mouse.wheel(0, 700);
          await page.waitForTimeout(30);
        }
        await page.waitForTimeout(100);
        assert.deepEqual(await page.evaluate(() => window.shifts), [], `${path}, ${width} px`);
        await page.context().close();
      }
    }
  },

  async "nothing shifts while a page comes in pieces"() {
    for (const width of [390, 1440]) {
      for (const path of ["", PAGES.step, PAGES.hub, PAGES.tag]) {
        const page = await open({ viewport: { width, height: 800 } });
        await page.addInitScript(watchShifts);
        await page.goto(crawling.url + path);
        await page.waitForTimeout(200);
        // A line that is cut in its middle may still grow by a word: a tenth of what counts as good is let pass.
        const shifts = await page.evaluate(() => window.shifts);
        const sum = shifts.reduce((sum, shift) => sum + parseFloat(shift), 0);
        assert.ok(sum < 0.01, `${path}, ${width} px: ${shifts.join("; ")}`);
        await page.context().close();
      }
    }
  },

  async "nothing is wider than the screen"() {
    for (const width of [320, 390, 768, 1440]) {
      const page = await open({ viewport: { width, height: 900 } });
      for (const url of [...Object.values(PAGES).map((path) => site.url + path), `${site.url}search/?q=friends`, `${talk.url}talk/one/`]) {
        await page.goto(url);
        if (url.includes("?")) await said(page);
        await page.evaluate(() => document.querySelectorAll("details").forEach((part) => (part.open = true)));
        const wide = await page.evaluate(() => {
          const edge = document.documentElement.clientWidth;
          const inside = (part) => part.closest(".table, pre, .unseen, .skip, .reply-trap");
          const out = [...document.body.querySelectorAll("*")].filter((part) => {
            const { left, right, width } = part.getBoundingClientRect();
            return width && !inside(part) && (right > edge + 1 || left < -1);
          });
          if (document.documentElement.scrollWidth > edge) out.unshift(document.documentElement);
          return out.map((part) => `${part.tagName}.${part.className}`);
        });
        assert.deepEqual(wide, [], `${url}, ${width} px`);
      }
      await page.context().close();
    }
  },
};

const steps = { ...reading, ...first, ...colours, ...sharing, ...replying, ...plain, ...keys, ...steady };
await run(watched(steps, browser, complaints), async () => {
  await browser.close();
  for (const server of [site, talk, crawling]) server.close();
  replies.remove();
});
