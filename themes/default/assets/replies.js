// Replies that another host keeps: nothing is asked of it before a reader presses the button.
for (const box of document.querySelectorAll(".reply-embed")) {
  const button = box.querySelector("button");
  const status = box.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", () => {
    const loaded = box.querySelector("template").content.cloneNode(true);
    const place = document.createElement("div");
    place.tabIndex = -1;
    loaded.querySelector("script").addEventListener("error", () => {
      status.textContent = box.dataset.failed;
      button.hidden = false;
      place.remove();
    });
    status.textContent = "";
    box.append(place);
    place.append(loaded);
    place.focus({ preventScroll: true });
    button.hidden = true;
  });
}
