// The list of findings: which one is looked at, how each stands, and the marks that belong to it in the text.

import { element } from "./outbox.js";

const list = () => document.getElementById("findings");

export const all = () => [...document.querySelectorAll("#findings > .finding:not([hidden])")];
export const here = () => document.querySelector("#findings > .finding.here");
export const of = (claim) => document.querySelector(`#findings > .finding[data-claim="${claim}"]`);
export const marksOf = (claim) => document.querySelectorAll(`#script mark[data-claim="${claim}"]`);
export const isOpen = (finding) => !("decided" in finding.dataset);

/** Tells those who listen. */
export function say(words) {
  const region = document.getElementById("said");
  region.textContent = "";
  requestAnimationFrame(() => { region.textContent = words; });
}

/** Looks at a finding: its card opens, its words light up, and both come into sight. */
export function lookAt(finding, { focus = true, scroll = true } = {}) {
  if (!finding) return;
  const before = here();
  if (before && before !== finding) leave(before);
  finding.classList.add("here");
  finding.querySelector(".card").tabIndex = 0;
  for (const mark of marksOf(finding.dataset.claim)) mark.classList.add("here");
  const card = finding.querySelector(".card");
  if (focus) card.focus({ preventScroll: true });
  if (!scroll) return;
  reveal(card);
  const mark = marksOf(finding.dataset.claim)[0];
  if (mark) reveal(mark);
}

function leave(finding) {
  finding.classList.remove("here", "lit");
  finding.querySelector(".card").tabIndex = -1;
  for (const mark of marksOf(finding.dataset.claim)) mark.classList.remove("here", "lit");
}

const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** Scrolls as little as is needed, and not at all what is in sight already. */
function reveal(target) {
  const box = target.getBoundingClientRect();
  const panel = document.querySelector(".findings");
  const sheet = panel && getComputedStyle(panel).position === "fixed" ? panel.getBoundingClientRect().top : innerHeight;
  const inPanel = panel?.contains(target);
  const top = inPanel ? panel.getBoundingClientRect().top + 120 : 16;
  const bottom = inPanel ? innerHeight - 16 : sheet - 16;
  if (box.top >= top && box.bottom <= bottom) return;
  target.scrollIntoView({ block: inPanel ? "nearest" : "center", behavior: calm.matches ? "instant" : "smooth" });
}

/** The finding after or before the one looked at. */
export function step(by) {
  const found = all();
  const at = found.indexOf(here());
  return found[at < 0 ? (by > 0 ? 0 : found.length - 1) : at + by];
}

/** The next that waits for a decision after a finding, from the top again where none does below. */
export function nextOpen(finding) {
  const found = all();
  const at = found.indexOf(finding);
  return [...found.slice(at + 1), ...found.slice(0, Math.max(at, 0))].find(isOpen);
}

/** Lets a finding look as it will stand, until the ledger has answered. */
export function show(finding, state) {
  finding.classList.remove("is-proposed", "is-accepted", "is-corrected", "is-rejected", "is-unsure");
  finding.classList.add(`is-${state}`, "sending");
  finding.dataset.state = state;
  finding.toggleAttribute("data-decided", state !== "proposed" && state !== "unsure");
  const badge = document.getElementById("badges").content.querySelector(`.${state}`).cloneNode(true);
  finding.querySelector(".card-state").replaceChildren(badge);
  for (const mark of marksOf(finding.dataset.claim)) mark.dataset.state = state;
  count();
}

/** Puts what the ledger answered in the place of a finding, or where it belongs if it is new. Returns it. */
export function put(html) {
  const fresh = element(html);
  const old = of(fresh.dataset.claim);
  if ("gone" in fresh.dataset) {
    const next = old && (old.nextElementSibling ?? old.previousElementSibling);
    if (old?.classList.contains("here")) lookAt(next);
    old?.remove();
    count();
    return fresh;
  }
  const wasHere = old?.classList.contains("here");
  const hadFocus = old?.contains(document.activeElement);
  if (old) old.replaceWith(fresh);
  else insert(fresh);
  for (const mark of marksOf(fresh.dataset.claim)) mark.dataset.state = fresh.dataset.state;
  if (wasHere) lookAt(fresh, { focus: hadFocus, scroll: false });
  count();
  return fresh;
}

function insert(fresh) {
  const start = Number(fresh.dataset.start);
  const after = [...list().children].find((f) => Number(f.dataset.start) > start);
  list().insertBefore(fresh, after ?? null);
}

/** Says how much is left. */
export function count() {
  const found = [...document.querySelectorAll("#findings > .finding")];
  const left = found.filter(isOpen).length;
  const bar = document.getElementById("done");
  if (bar) { bar.max = found.length; bar.value = found.length - left; }
  const words = document.getElementById("left");
  if (words && bar) words.textContent = left ? `${left} to decide` : "all decided";
  const total = document.querySelector("#findings-title .count");
  if (total) total.textContent = found.length;
  return left;
}

/** Lets text and cards show each other: on hovering, on a click, and where an address names one. */
export function connect() {
  const script = document.getElementById("script");
  script?.addEventListener("click", (event) => {
    const mark = event.target.closest("mark");
    if (mark && getSelection().isCollapsed) lookAt(pick(mark), { scroll: true });
  });
  const glow = (claims, on) => {
    for (const claim of claims) {
      of(claim)?.classList.toggle("lit", on);
      for (const mark of marksOf(claim)) mark.classList.toggle("lit", on);
    }
  };
  const under = (target) => {
    const claims = [];
    for (let mark = target.closest?.("mark"); mark; mark = mark.parentElement.closest("mark")) claims.push(mark.dataset.claim);
    return claims;
  };
  for (const [type, on] of [["mouseover", true], ["mouseout", false]]) {
    script?.addEventListener(type, (event) => glow(under(event.target).slice(0, 1), on));
    list()?.addEventListener(type, (event) => {
      const finding = event.target.closest(".finding");
      if (finding) for (const mark of marksOf(finding.dataset.claim)) mark.classList.toggle("lit", on);
    });
  }
  list()?.addEventListener("focusin", (event) => {
    const finding = event.target.closest(".finding");
    if (finding && finding !== here()) lookAt(finding, { focus: false });
  });
  list()?.addEventListener("click", (event) => {
    const finding = event.target.closest(".finding");
    if (event.target.closest(".spot")) event.preventDefault();
    if (finding && !event.target.closest("button, input, select, textarea, summary, a:not(.spot)")) lookAt(finding);
  });
  window.addEventListener("hashchange", named);
}

/** Of several marks one in the other, the one after the one looked at: each further click goes a step out. */
function pick(mark) {
  const stack = [];
  for (let m = mark; m; m = m.parentElement.closest("mark")) stack.push(of(m.dataset.claim));
  const at = stack.indexOf(here());
  return stack[(at + 1) % stack.length] ?? stack[0];
}

/** Looks at the finding that the address names; says whether there is one. */
export function named() {
  const claim = /^#[ct]-(\w+)$/.exec(location.hash)?.[1];
  const finding = claim && of(claim);
  if (finding) lookAt(finding);
  return Boolean(finding);
}
