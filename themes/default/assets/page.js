// What needs a script: dark colours that hold, "Copy link", and the device's own way to share. The parts stand
// in the page hidden and are shown here, so that without a script nothing is missing.
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
}
