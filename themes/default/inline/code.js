// Gives each block of code a button that copies it, without its prompts and what commands printed. Without a script
// nothing is missing: text can be selected.
if (navigator.clipboard) {
  const { copy, copied } = document.currentScript.dataset;
  for (const pre of document.querySelectorAll(".prose pre")) {
    let frame = pre.closest(".code");
    if (!frame) {
      frame = document.createElement("div");
      frame.className = "code";
      pre.before(frame);
      frame.append(pre);
    }
    const button = document.createElement("button");
    const said = document.createElement("span");
    button.type = "button";
    button.textContent = copy;
    button.setAttribute("aria-label", `${copy}: ${pre.getAttribute("aria-label") ?? ""}`);
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      const text = pre.cloneNode(true);
      if (text.querySelector(".p")) text.querySelectorAll(".p, .g").forEach((part) => part.remove());
      try {
        await navigator.clipboard.writeText(text.textContent.trimEnd());
      } catch {
        return;
      }
      said.textContent = copied;
      setTimeout(() => (said.textContent = ""), 4000);
    });
    frame.append(said, button);
  }
}
