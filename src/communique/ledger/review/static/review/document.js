// The document page: keys, marks, decisions, forms.

import * as findings from "./findings.js";
import * as forms from "./forms.js";
import { ready } from "./desk.js";
import * as words from "./words.js";

const desk = document.getElementById("desk");
const kinds = document.getElementById("kinds");

async function addMissed() {
  if (!("adds" in desk.dataset)) return;
  const chosen = words.selected() ?? await words.choose(Number(findings.here()?.dataset.end ?? 0));
  if (chosen) await forms.add(chosen.start, chosen.end);
  else findings.lookAt(findings.here());
}

function only(kind) {
  for (const chip of kinds.querySelectorAll("[data-only]")) {
    chip.setAttribute("aria-pressed", String(chip.dataset.only === kind && chip.getAttribute("aria-pressed") !== "true"));
  }
  const wanted = kinds.querySelector("[aria-pressed=true]")?.dataset.only;
  for (const finding of document.querySelectorAll("#findings > .finding")) finding.hidden = Boolean(wanted) && finding.dataset.kind !== wanted;
  findings.lookAt(findings.all()[0], { focus: false });
}

ready({ m: addMissed });
if (kinds) {
  kinds.hidden = false;
  kinds.addEventListener("click", (event) => {
    const chip = event.target.closest("[data-only]");
    if (chip) only(chip.dataset.only);
  });
}
