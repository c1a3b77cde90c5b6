// What needs a script: dark colours that hold, "Copy link", the device's own way to share, search over any page. The
// parts stand in the page hidden, or are plain links, so that without a script nothing is missing.
{
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const button = document.querySelector(".scheme");
  const metas = [...document.querySelectorAll("meta[name=theme-color]")];
  const colors = metas.map((meta) => meta.content);
  const stored = () => {
    try {
      return localStorage.getItem("scheme");
    } catch {
      return null;
    }
  };
  const isDark = () => (root.dataset.scheme ?? (system.matches ? "dark" : "light")) === "dark";
  const show = () => {
    button?.setAttribute("aria-pressed", isDark());
    metas.forEach((meta, i) => (meta.content = root.dataset.scheme ? colors[isDark() ? 1 : 0] : colors[i]));
  };
  const apply = () => {
    const scheme = stored();
    if (scheme) root.dataset.scheme = scheme;
    else delete root.dataset.scheme;
    show();
  };
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const dark = !isDark();
      // What the system says anyway needs no keeping, and follows the system again.
      const scheme = dark === system.matches ? null : dark ? "dark" : "light";
      try {
        scheme ? localStorage.setItem("scheme", scheme) : localStorage.removeItem("scheme");
      } catch {}
      if (scheme) root.dataset.scheme = scheme;
      else delete root.dataset.scheme;
      show();
    });
    show();
    system.addEventListener("change", show);
    // Another tab, a page that was drawn ahead, a page from the history.
    addEventListener("storage", apply);
    addEventListener("pageshow", (event) => event.persisted && apply());
    document.addEventListener("prerenderingchange", apply);
  }

  const url = () => document.querySelector("link[rel=canonical]")?.href ?? location.href;
  const part = (name, use) => {
    const part = document.querySelector(`[data-share=${name}]`);
    if (!part) return;
    part.hidden = false;
    part.querySelector("button").addEventListener("click", use);
  };
  if (navigator.clipboard) {
    part("copy", async () => {
      const said = document.querySelector(".share [role=status]");
      await navigator.clipboard.writeText(url());
      said.textContent = said.dataset.text;
      setTimeout(() => (said.textContent = ""), 4000);
    });
  }
  if (navigator.share) {
    part("device", () => navigator.share({ title: document.title, url: url() }).catch(() => {}));
  }

  // The entry of the menu that the page lies below.
  for (const link of document.querySelectorAll(".menu li a")) {
    const here = link.origin === location.origin && location.pathname.startsWith(link.pathname);
    if (here && link.pathname.length > 1) link.setAttribute("aria-current", location.pathname === link.pathname ? "page" : "true");
  }

  // "Leave this page" leaves no way back to it.
  document.querySelector("[data-exit]")?.addEventListener("click", (event) => {
    event.preventDefault();
    location.replace(event.currentTarget.href);
  });

  // Each part of a text has an address of its own.
  const label = document.querySelector("[data-permalink]")?.dataset.permalink;
  for (const heading of document.querySelectorAll(".article .prose > :is(h2, h3)[id]:not(:has(a))")) {
    const link = document.createElement("a");
    link.className = "permalink";
    link.href = `#${heading.id}`;
    link.textContent = "#";
    link.setAttribute("aria-label", label);
    heading.append(link);
  }

  // What has room does not scroll, and is no stop for the keyboard.
  for (const wide of document.querySelectorAll(":is(.table, .diagram > div)[tabindex]")) {
    const look = () => (wide.scrollWidth > wide.clientWidth ? (wide.tabIndex = 0) : wide.removeAttribute("tabindex"));
    new ResizeObserver(look).observe(wide);
  }

  // In a gallery, the arrows lead from one large picture to the next.
  addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const open = step && document.querySelector(".gallery [popover]:popover-open");
    if (!open) return;
    const all = [...open.closest(".gallery").querySelectorAll("[popover]")];
    const isReversed = getComputedStyle(open).direction === "rtl";
    const next = all[all.indexOf(open) + (isReversed ? -step : step)];
    if (!next) return;
    event.preventDefault();
    open.hidePopover();
    next.showPopover();
    next.querySelector("button").focus();
  });

  // Picture and title go over into those of the next page.
  addEventListener("click", ({ target }) => {
    const part = target.closest?.(".card, .next, .book");
    if (!part || !target.closest("a")) return;
    const name = (selector, name) => {
      const one = part.querySelector(selector);
      if (one) one.style.viewTransitionName = name;
    };
    for (const one of document.querySelectorAll(".head h1, .hero img")) one.style.viewTransitionName = "none";
    name("img", "picture");
    name("h2, h3", "title");
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const one of document.querySelectorAll("[style]")) one.style.viewTransitionName = "";
  });

  // Search over any page: the link in the header leads to the page for it where this cannot be.
  const opener = document.querySelector("[data-search]");
  const onPage = document.querySelector("[data-results]");
  if (opener && !onPage && window.HTMLDialogElement) {
    let dialog;
    const open = async () => {
      if (!dialog) {
        const [html] = await Promise.all([
          fetch(opener.href).then((answer) => answer.text()),
          new Promise((done) => {
            const style = document.createElement("link");
            style.rel = "stylesheet";
            style.href = opener.dataset.style;
            style.onload = style.onerror = done;
            document.head.append(style);
          }),
        ]);
        const page = new DOMParser().parseFromString(html, "text/html");
        dialog = document.createElement("dialog");
        dialog.className = "search-sheet";
        const close = document.querySelector(".shut")?.cloneNode(true) ?? document.createElement("button");
        for (const name of ["popovertarget", "popovertargetaction"]) close.removeAttribute(name);
        close.addEventListener("click", () => dialog.close());
        // A field for searches would take the first press to empty itself.
        dialog.addEventListener("keydown", (event) => event.key === "Escape" && dialog.close());
        dialog.append(close, ...page.querySelectorAll(".search-form, .search-results"));
        for (const part of dialog.querySelectorAll("script, noscript")) part.remove();
        dialog.setAttribute("aria-label", opener.getAttribute("aria-label"));
        document.body.append(dialog);
        await import(opener.dataset.search);
      }
      dialog.showModal();
      dialog.querySelector("input").focus();
    };
    // Without the files, the page for search says what is wrong.
    const opened = () => open().catch(() => location.assign(opener.href));
    opener.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      opened();
    });
    addEventListener("keydown", (event) => {
      const writes = event.target.closest?.("input, textarea, select, [contenteditable]");
      if (event.key !== "/" || writes || event.metaKey || event.ctrlKey || event.altKey) return;
      event.preventDefault();
      opened();
    });
  } else if (onPage) {
    addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.target.closest?.("input, textarea")) return;
      event.preventDefault();
      document.querySelector("[name=q]")?.focus();
    });
  }
}
