// Put into every page that `gen serve` shows, and never into the built site: the bar at the bottom, the overlay with
// what is wrong, and the connection over which the server tells of changes.
(() => {
  "use strict";
  const page = JSON.parse(document.currentScript.dataset.page);
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const path = url => { try { return decodeURIComponent(new URL(url, location.href).pathname); } catch { return ""; } };
  const stored = (key, value) => {
    // A browser may refuse to store anything; then nothing is remembered.
    try { return value === undefined ? sessionStorage.getItem(key) : sessionStorage.setItem(key, value); } catch { return null; }
  };

  // All that is drawn stands in a root of its own, so that the theme and the bar do not touch each other.
  const host = make("gen-serve");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("/*style*/");
  root.adoptedStyleSheets = [sheet];
  document.documentElement.append(host);

  // The scroll place, kept over a reload.
  const place = JSON.parse(stored("gen-place") ?? "null");
  stored("gen-place", "null");
  if (place && place[0] === location.pathname) {
    const back = () => scrollTo({ left: place[1], top: place[2], behavior: "instant" });
    back();
    addEventListener("load", back, { once: true });
  }
  const reload = () => {
    stored("gen-place", JSON.stringify([location.pathname, scrollX, scrollY]));
    location.reload();
  };

  // The overlay.
  let overlay = null;
  const close = () => { overlay?.remove(); overlay = null; };
  const errors = html => {
    close();
    if (!html) return;
    const body = make("div", { className: "messages" });
    body.innerHTML = html; // Escaped by the server.
    const hide = make("button", { type: "button", textContent: "Hide", onclick: close });
    overlay = make("div", { className: "overlay", tabIndex: -1 },
      make("header", {}, make("h1", { textContent: "Not published: the page behind is the last good one" }), hide), body);
    overlay.setAttribute("role", "alertdialog");
    overlay.setAttribute("aria-label", "What is wrong");
    overlay.addEventListener("keydown", event => { if (event.key === "Escape") close(); });
    root.append(overlay);
    overlay.focus({ preventScroll: true });
  };

  // The bar.
  const bar = () => {
    if (page.alone || page.desk) return;
    const box = make("div", { className: "bar" });
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", "gen serve");
    const fold = folded => {
      box.classList.toggle("folded", folded);
      toggle.textContent = folded ? "gen" : "✕";
      toggle.title = folded ? "Show the bar" : "Fold the bar away";
      toggle.setAttribute("aria-expanded", String(!folded));
      document.body.style.paddingBlockEnd = folded ? "" : "2.5rem";
    };
    const toggle = make("button", { type: "button", className: "fold", onclick: () => {
      const folded = !box.classList.contains("folded");
      stored("gen-folded", folded ? "1" : "");
      fold(folded);
    } });
    const parts = make("div", { className: "parts" });
    if (page.edit) {
      const copy = make("button", { type: "button", className: "edit", title: `Copy the path: ${page.edit}` },
        make("span", { className: "folder", textContent: page.edit.replace(/[^/]*$/, "") }),
        make("span", { className: "name", textContent: page.edit.replace(/^.*\//, "") }));
      copy.onclick = async () => {
        try { await navigator.clipboard.writeText(page.edit); copy.classList.add("copied"); } catch { getSelection().selectAllChildren(copy); }
        setTimeout(() => copy.classList.remove("copied"), 1200);
      };
      parts.append(copy);
      if (page.open) parts.append(make("a", { href: page.open, className: "open", textContent: "open", title: "Open it in the editor" }));
      if (page.draft) parts.append(make("span", { className: "draft", textContent: "draft" }));
      parts.append(make("span", { textContent: `${page.words.toLocaleString("en")} ${page.words === 1 ? "word" : "words"}` }));
      const heading = `linked from ${page.from}`;
      if (page.from) {
        const list = make("ul", {}, ...page.named.map(([title, href]) => make("li", {}, make("a", { href, textContent: title }))));
        if (page.from > page.named.length) list.append(make("li", {}, make("a", { href: "/_gen/articles", textContent: `and ${page.from - page.named.length} more` })));
        const details = make("details", {}, make("summary", { textContent: heading }), list);
        details.addEventListener("keydown", event => { if (event.key === "Escape") { details.open = false; details.firstChild.focus(); } });
        parts.append(details);
      } else parts.append(make("span", { textContent: heading }));
    } else parts.append(make("span", { textContent: "a page that gen made: it has no file" }));
    const count = page.messages ? ` (${page.messages})` : "";
    parts.append(make("a", { href: "/_gen/", className: page.errors ? "desk bad" : "desk", textContent: `desk${count}`, title: page.messages ? `${page.messages} messages` : "Messages, drafts, links" }));
    box.append(parts, toggle);
    root.append(box);
    fold(stored("gen-folded") === "1");
  };
  bar();

  // What the server tells.
  const css = ({ swap }) => {
    for (const link of document.querySelectorAll('link[rel~="stylesheet"]')) {
      const found = swap.find(([old]) => old === path(link.href));
      if (!found) continue;
      // The old one goes when the new one is there: nothing is ever shown without its style.
      const fresh = link.cloneNode();
      fresh.href = `${encodeURI(found[1])}?gen=${Date.now()}`;
      fresh.onload = fresh.onerror = () => link.remove();
      link.after(fresh);
    }
  };
  const changed = ({ all, paths }) => {
    const shown = [page.file, ...performance.getEntriesByType("resource").map(entry => path(entry.name))];
    if (all || paths.some(one => shown.includes(one))) reload();
  };
  let source = null;
  const listen = () => {
    if (source || document.hidden || document.prerendering) return;
    const query = `page=${encodeURIComponent(page.file)}&etag=${encodeURIComponent(page.etag)}`;
    source = new EventSource(`/_gen/events?${query}`);
    source.addEventListener("page", event => changed(JSON.parse(event.data)));
    if (page.alone || page.desk) {
      // They are about all of the site, mistakes too.
      source.addEventListener("built", reload);
      return;
    }
    source.addEventListener("css", event => css(JSON.parse(event.data)));
    source.addEventListener("errors", event => errors(JSON.parse(event.data).html));
  };
  // A browser opens six connections to a host: a page that nobody sees must not hold one. Seen again, it asks what it missed.
  const silence = () => { source?.close(); source = null; };
  document.addEventListener("visibilitychange", () => document.hidden ? silence() : listen());
  document.addEventListener("prerenderingchange", listen);
  addEventListener("pagehide", silence);
  addEventListener("pageshow", listen);
  listen();
})();
