// The forms that correct a finding and add one: fetched, filled, sent, and put away.

import { toast } from "../design/page.js";
import { element, piece } from "./outbox.js";
import { outbox, retext } from "./decisions.js";
import * as findings from "./findings.js";
import * as words from "./words.js";

const desk = document.getElementById("desk");
const slot = document.getElementById("form-slot");
const PAGE = desk.dataset.page;
let open = null;  // {form, leave}

/** Opens the form that corrects a finding, in its card. */
export async function correct(finding) {
  if (!finding) return;
  close();
  const link = finding.querySelector("a[data-key=c]");
  let html;
  try { html = await piece(link.href, PAGE); } catch { toast("The form did not come. Try again.", { bad: true }); return; }
  const form = element(html);
  finding.querySelector(".card").append(form);
  finding.querySelector(".card-actions").hidden = true;
  setUp(form, {
    leave: () => { form.isConnected && form.remove(); const f = findings.of(finding.dataset.claim); f?.querySelector(".card-actions")?.removeAttribute("hidden"); findings.lookAt(f); },
    claim: finding.dataset.claim,
    done: async (fresh) => {
      const moved = fresh.dataset.start !== finding.dataset.start || fresh.dataset.end !== finding.dataset.end;
      if (moved) await retext();
      const next = findings.nextOpen(fresh);
      findings.say(`Corrected, ${findings.count()} left.`);
      findings.lookAt(next ?? fresh);
    },
  });
}

/** Opens the form that adds something on the words from `start` to `end`. */
export async function add(start, end, kind = "statement") {
  close();
  const asked = new URLSearchParams({ start, end, kind });
  let html;
  try { html = await piece(`${desk.dataset.add}?${asked}`, PAGE); } catch { toast("The form did not come. Try again.", { bad: true }); return; }
  const form = element(html);
  slot.replaceChildren(form);
  slot.hidden = false;
  slot.scrollIntoView({ block: "nearest" });
  form.querySelector("#adding-kind").addEventListener("change", (event) => add(start, end, event.target.value));
  setUp(form, {
    leave: () => { slot.hidden = true; slot.replaceChildren(); findings.lookAt(findings.here() ?? findings.all()[0]); },
    done: async (fresh) => {
      await retext();
      toast("Added");
      findings.lookAt(fresh);
    },
    first: "#adding-kind",
  });
}

/** Puts the open form away, if one is. */
export function close() {
  if (!open) return false;
  const { leave } = open;
  open = null;
  leave();
  return true;
}

export const isOpen = () => open !== null;

function setUp(form, { leave, done, claim = "", first = "input:not([type=hidden]), select, textarea" }) {
  open = { form, leave };
  // Help stays until another field is gone to: were it to go with the focus, the button would move from under the click.
  form.addEventListener("focusin", (event) => {
    const field = event.target.closest(".field");
    if (!field) return;
    form.querySelector(".field.helping")?.classList.remove("helping");
    field.classList.add("helping");
  });
  form.querySelector(first)?.focus({ preventScroll: true });
  (form.closest(".card") ?? form).scrollIntoView({ block: "start" });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); close(); }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.querySelector("[data-cancel]").addEventListener("click", (event) => { event.preventDefault(); close(); });
  form.addEventListener("input", (event) => {
    const line = event.target;
    if (line.closest(".several") && line.value && !line.nextElementSibling) anotherLine(line);
    if (line.getAttribute("list") === "parties") suggest(form, line.value);
  });
  const reselect = form.querySelector("[data-reselect]");
  if (reselect && document.getElementById("script")) {
    reselect.hidden = false;
    reselect.addEventListener("click", async () => {
      const chosen = words.selected() ?? await words.choose(Number(form.elements.start.value));
      if (!chosen) { reselect.focus(); return; }
      form.elements.start.value = chosen.start;
      form.elements.end.value = chosen.end;
      form.querySelector("[data-quote]").textContent = chosen.words;
      reselect.focus();
    });
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    const body = [...new FormData(form)].filter(([name]) => !(claim && name === "version")).map(([n, v]) => [n, String(v)]);
    const got = await outbox.send({ url: form.action, body, claim, version: Number(form.elements.version?.value ?? 0) });
    button.disabled = false;
    if (got.status === 422) { again(form, got.html, { leave, done, claim }); return; }
    if (!got.ok && got.status !== 409) { toast(`Not kept: ${got.html.startsWith("<") ? got.status : got.html}`, { bad: true }); return; }
    open = null;
    if (!claim) { slot.hidden = true; slot.replaceChildren(); }
    const fresh = findings.put(got.html);
    if (got.ok) { await done(fresh); return; }
    findings.lookAt(fresh);
    toast(fresh.dataset.notice, { bad: true });
  });
}

/** Shows the form with what is wrong, and goes to where it can be put right. */
function again(form, html, { leave, done, claim }) {
  const fresh = element(html);
  form.replaceWith(fresh);
  fresh.querySelector("#adding-kind")?.addEventListener("change", (event) => add(fresh.elements.start.value, fresh.elements.end.value, event.target.value));
  setUp(fresh, { leave, done, claim, first: fresh.querySelector("[data-wanted]") ? "[data-wanted]" : "[aria-invalid=true], .wrong input, .wrong select, .wrong textarea, input:not([type=hidden])" });
  findings.say(fresh.querySelector(".notice, .error")?.textContent ?? "Something is wrong.");
}

function anotherLine(line) {
  const number = line.parentElement.children.length + 1;
  const next = line.cloneNode();
  next.value = "";
  next.id = line.id.replace(/\d+$/, number);
  next.setAttribute("aria-label", line.getAttribute("aria-label").replace(/\d+$/, number));
  line.after(next);
}

let asked = 0;
async function suggest(form, value) {
  if (value.trim().length < 2) return;
  const mine = ++asked;
  await new Promise((wait) => setTimeout(wait, 150));
  if (mine !== asked) return;
  const listed = form.querySelector("#parties");
  const known = new Set([...listed.options].map((o) => o.value));
  try {
    const more = document.createElement("template");
    more.innerHTML = await piece(`${desk.dataset.names}?q=${encodeURIComponent(value)}`, PAGE);
    for (const option of more.content.children) if (!known.has(option.value)) listed.append(option);
  } catch { /* the names of the document are there in any case */ }
}
