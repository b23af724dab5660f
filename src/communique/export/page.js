"use strict";
// Links the text and the findings: pointing at one, or moving to it with the keyboard, shows the other.
(() => {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const root = document.body;
  const all = (within, selector) => [...within.querySelectorAll(selector)];
  const kindOf = (id) => id.slice(0, id.lastIndexOf("-"));
  const isShown = (id) => !root.classList.contains(`hide-${kindOf(id)}`);

  // the kinds that occur can be switched off and on
  for (const box of all(document, "input[data-show]")) {
    const kind = box.dataset.show;
    const count = all(document, `.group.${kind} .entry`).length;
    const chip = box.closest(".chip");
    chip.hidden = count === 0;
    chip.querySelector(".count").textContent = count;
    const apply = () => {
      root.classList.toggle(`hide-${kind}`, !box.checked);
      for (const page of all(document, ".document")) openDoor(page);
    };
    box.addEventListener("change", apply);
    root.classList.toggle(`hide-${kind}`, !box.checked);
  }

  // one mark of each text can be reached with Tab; arrows move from there
  function openDoor(page) {
    const stops = marks(page);
    for (const mark of all(page, "mark[tabindex='0']")) mark.tabIndex = -1;
    if (stops.length > 0) stops[0].tabIndex = 0;
  }
  function marks(page) {
    return all(page, "mark[tabindex]").filter((mark) => isShown(mark.dataset.f));
  }
  function entries(page) {
    return all(page, "a.entry").filter((entry) => isShown(entry.dataset.f));
  }

  function light(page, ids) {
    for (const element of all(page, ".lit")) element.classList.remove("lit");
    for (const id of ids) {
      for (const element of all(page, `[data-f="${id}"]`)) element.classList.add("lit");
    }
  }
  function covering(element) {
    const ids = [];
    for (let mark = element.closest("mark"); mark; mark = mark.parentElement.closest("mark")) {
      if (isShown(mark.dataset.f)) ids.push(mark.dataset.f);
    }
    return ids;
  }
  function bring(element, block) {
    if (element) element.scrollIntoView({ block, inline: "nearest", behavior: calm.matches ? "auto" : "smooth" });
  }
  // the panel has its own scroll bar where there is room for two columns; there the text stays where it is
  function bringEntry(page, id) {
    const panel = page.querySelector(".findings");
    const entry = panel.querySelector(`[data-f="${id}"]`);
    if (!entry || panel.scrollHeight <= panel.clientHeight) return;
    const [box, frame] = [entry.getBoundingClientRect(), panel.getBoundingClientRect()];
    if (box.top >= frame.top && box.bottom <= frame.bottom) return;
    const top = panel.scrollTop + box.top - frame.top - frame.height / 3;
    panel.scrollTo({ top, behavior: calm.matches ? "auto" : "smooth" });
  }
  function bringMark(page, id) {
    const mark = page.querySelector(`mark[data-f="${id}"]`);
    if (!mark) return;
    const box = mark.getBoundingClientRect();
    const hidden = box.top < 64 || box.bottom > innerHeight;
    const beside = getComputedStyle(page).display === "grid";
    if (hidden && beside) bring(mark, "center");
  }
  function go(element) {
    if (!element) return;
    if (element.matches("mark")) {
      for (const mark of all(element.closest(".document"), "mark[tabindex='0']")) mark.tabIndex = -1;
      element.tabIndex = 0;
    }
    element.focus({ preventScroll: true });
    bring(element, "center");
  }
  function step(list, from, key) {
    const at = list.indexOf(from);
    const next = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: list.length - 1 }[key];
    return list[Math.max(0, Math.min(list.length - 1, next))];
  }

  for (const page of all(document, ".document")) {
    const [text, panel] = [page.querySelector(".text"), page.querySelector(".findings")];
    let waiting = 0;
    openDoor(page);

    text.addEventListener("mouseover", (event) => {
      const ids = covering(event.target);
      light(page, ids);
      if (ids.length > 0) bringEntry(page, ids[0]);
    });
    panel.addEventListener("mouseover", (event) => {
      const entry = event.target.closest(".entry");
      clearTimeout(waiting);
      if (!entry) return;
      light(page, [entry.dataset.f]);
      waiting = setTimeout(() => bringMark(page, entry.dataset.f), 150); // not while the pointer only passes
    });
    for (const side of [text, panel]) {
      side.addEventListener("mouseleave", () => {
        clearTimeout(waiting);
        const focused = page.contains(document.activeElement) ? document.activeElement.dataset.f : undefined;
        light(page, focused ? [focused] : []);
      });
    }
    text.addEventListener("focusin", (event) => {
      const id = event.target.dataset.f;
      if (!id) return;
      light(page, [id]);
      bringEntry(page, id);
    });
    panel.addEventListener("focusin", (event) => {
      const id = event.target.dataset.f;
      if (!id) return;
      light(page, [id]);
      if (event.target.matches(":focus-visible")) bringMark(page, id);
    });
    page.addEventListener("focusout", () => light(page, []));

    text.addEventListener("click", (event) => {
      const [id] = covering(event.target);
      if (id && String(getSelection()) === "") go(panel.querySelector(`[data-f="${id}"]`));
    });
    panel.addEventListener("click", (event) => {
      const entry = event.target.closest("a.entry");
      if (!entry) return;
      event.preventDefault();
      go(text.querySelector(`mark[data-f="${entry.dataset.f}"][tabindex]`));
    });
    page.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
      const here = event.target;
      const list = here.matches("mark") ? marks(page) : here.matches("a.entry") ? entries(page) : null;
      if (!list) return;
      if (event.key === "Enter" && here.matches("mark")) {
        event.preventDefault();
        go(panel.querySelector(`[data-f="${here.dataset.f}"]`));
      } else if (event.key === "Escape") {
        here.blur();
      } else if (/^(Arrow|Home$|End$)/.test(event.key)) {
        event.preventDefault();
        go(step(list, here, event.key));
      }
    });
  }
})();
