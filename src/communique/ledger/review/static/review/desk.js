// What the document page and the queue share: the keys, the buttons that do the same, and where to begin.

import * as decisions from "./decisions.js";
import * as findings from "./findings.js";
import * as forms from "./forms.js";
import { listen } from "./keys.js";

const desk = document.getElementById("desk");

/** Starts a page; `more` are the keys that only it has. */
export function ready(more) {
  const does = { ...moving, ...("decides" in desk.dataset ? deciding : {}), ...more };
  listen(does);
  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-key]");
    const act = target && does[target.dataset.key];
    if (!act || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const finding = target.closest(".finding");
    if (finding) findings.lookAt(finding, { scroll: false });
    act();
  });
  findings.connect();
  document.getElementById("panel-keys")?.removeAttribute("hidden");
  decisions.sendLeft();
  if (!findings.named()) begin();
}

function begin() {
  const found = findings.all();
  findings.lookAt(found.find(findings.isOpen) ?? found[0], { focus: false, scroll: false });
}

function move(by) {
  const next = findings.step(by);
  if (next) findings.lookAt(next);
  else findings.say(by > 0 ? "That was the last finding." : "That was the first finding.");
}

const moving = {
  j: () => move(1),
  k: () => move(-1),
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
};

const deciding = {
  a: () => decisions.decide(findings.here(), "accept"),
  r: () => decisions.decide(findings.here(), "reject"),
  u: () => decisions.decide(findings.here(), "unsure"),
  t: () => decisions.takeNewer(findings.here()),
  c: () => forms.correct(findings.here()),
  z: () => decisions.undo(),
  n: () => { location.href = document.getElementById("more")?.href ?? desk.dataset.next; },
  w: () => reason(findings.here()),
  Escape: () => { if (!forms.close()) findings.here()?.querySelector(".card").focus(); },
};

function reason(finding) {
  const line = finding?.querySelector(".card-why");
  line?.classList.add("shown");
  line?.querySelector("input").focus();
}

// Enter in the reason goes back to the card, where a key decides; so does escape.
document.addEventListener("keydown", (event) => {
  if (!["Enter", "Escape"].includes(event.key) || !event.target.matches?.(".card-why input")) return;
  event.preventDefault();
  event.target.closest(".card").focus();
});
