// Comforts only: every page reads and works without this file.
"use strict";
(() => {
  const at = (id) => document.getElementById(id);

  // Where a bar of links is wider than the screen, the current one is brought into view.
  for (const link of document.querySelectorAll(":is(.screens, .record-tabs) [aria-current]")) {
    const bar = link.closest("ul, nav");
    bar.scrollLeft += link.getBoundingClientRect().left - bar.getBoundingClientRect().left - 60;
  }

  // The word beside a slider follows the thumb at once; the server's answer confirms it.
  document.addEventListener("input", (event) => {
    const slider = event.target;
    if (!(slider instanceof HTMLInputElement) || !slider.dataset.word) return;
    const words = at("board").dataset.words.split("|");
    const word = words[slider.valueAsNumber];
    at(slider.dataset.word).textContent = word;
    slider.setAttribute("aria-valuetext", word);
  });

  document.addEventListener("click", async (event) => {
    const copy = event.target.closest?.("#copy");
    if (copy) {
      await navigator.clipboard.writeText(new URL(copy.dataset.link, location.href).href);
      const before = copy.textContent;
      copy.textContent = copy.dataset.done;
      at("said").textContent = copy.dataset.done;
      setTimeout(() => { copy.textContent = before; }, 1500);
    }
    const menu = event.target.closest?.("details.menu a")?.closest("details");
    if (menu) menu.open = false;
  });

  // A panel that was fetched opens as a dialog; a click beside it closes it.
  document.addEventListener("htmx:after:swap", (event) => {
    const panel = at("panel");
    if (event.detail.ctx?.target === at("panel-body") && panel && !panel.open) panel.showModal();
  });
  document.addEventListener("click", (event) => {
    if (event.target === at("panel")) event.target.close();
  });

  // What takes longer than a moment is said.
  let waiting;
  document.addEventListener("htmx:before:request", (event) => {
    const line = at("computing");
    if (!line || event.target.closest?.("#board") === null) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => { line.textContent = line.dataset.text; }, 400);
  });
  document.addEventListener("htmx:finally:request", () => {
    clearTimeout(waiting);
    const line = at("computing");
    if (line) line.textContent = "";
  });
})();
