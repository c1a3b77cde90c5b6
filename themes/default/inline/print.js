// Prints all steps of a guide in their order. They are fetched when a reader asks for it.
{
  const part = document.currentScript.previousElementSibling;
  part.hidden = false;
  part.querySelector("button").addEventListener("click", async ({ currentTarget: button }) => {
    button.disabled = true;
    const whole = document.createElement("div");
    whole.className = "whole";
    try {
      const links = [...document.querySelectorAll(".head .steps a")];
      const pages = await Promise.all(links.map(async ({ href }) => (await fetch(href)).text()));
      for (const html of pages) {
        const page = new DOMParser().parseFromString(html, "text/html");
        const step = document.createElement("section");
        step.append(...page.querySelectorAll(".head h1, .head .deck, .article .prose, .article .sources"));
        // What has an address has it on its own page.
        for (const one of step.querySelectorAll("[id]")) one.removeAttribute("id");
        for (const one of step.querySelectorAll("details")) one.open = true;
        for (const one of step.querySelectorAll("img")) one.loading = "eager";
        whole.append(step);
      }
      document.querySelector("main").append(whole);
      await Promise.all([...whole.querySelectorAll("img")].map((image) => image.decode().catch(() => {})));
      print();
    } catch {
      location.assign(document.querySelector(".head .steps a").href);
    }
    whole.remove();
    button.disabled = false;
  });
}
