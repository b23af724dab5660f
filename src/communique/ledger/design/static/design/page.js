// What every page does: short messages that come and go, and a few keys. All of it is a convenience.

const STAY = 8000;
const PAUSE = 1500;
let going = false;

/** Shows a short message that a screen reader speaks, too; `undo` is {label, act}. */
export function toast(text, { bad = false, undo = null } = {}) {
  const region = document.getElementById("toasts");
  const line = document.createElement("p");
  line.className = bad ? "toast bad" : "toast";
  line.append(text);
  if (undo) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = undo.label;
    button.addEventListener("click", () => { line.remove(); undo.act(); });
    line.append(button);
  }
  region.replaceChildren(line);
  const leave = () => line.matches(":hover, :focus-within") ? setTimeout(leave, STAY) : line.remove();
  setTimeout(leave, STAY);
}

/** Whether single keys do something: a person may switch them off (WCAG 2.1.4). */
export const keysAreOn = () => localStorage.getItem("communique-keys") !== "off";

/** Whether a key pressed now is meant as text. */
export function isTyping(event) {
  return event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey
    || event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog") !== null;
}

/** `/` goes to the search box, `?` shows the keys, `g` and a letter go to a part of the ledger. */
function press(event) {
  if (isTyping(event) || !keysAreOn()) return;
  if (event.key === "/") {
    const box = document.querySelector("main input[type=search], #find");
    if (box) { event.preventDefault(); box.focus(); box.select(); }
  }
  if (going) {
    going = false;
    const way = [...document.querySelectorAll("#nav [data-key]")].find((a) => a.dataset.key === event.key);
    if (way) { event.preventDefault(); event.stopImmediatePropagation(); way.click(); }
    return;
  }
  if (event.key === "g") { going = true; setTimeout(() => { going = false; }, PAUSE); }
  if (event.key === "?") document.getElementById("keys")?.showModal();
}

addEventListener("keydown", press, { capture: true });
// the server says it with the header HX-Trigger: {"toast": "Accepted"}
document.addEventListener("toast", (event) => toast(event.detail.value ?? event.detail));
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
});
const single = document.getElementById("single-keys");
if (single) {
  single.checked = keysAreOn();
  single.addEventListener("change", () => localStorage.setItem("communique-keys", single.checked ? "on" : "off"));
}

/** Opens what is folded around the place an address leads to: the row of a table behind a chart. */
function unfold() {
  const place = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = place && place.closest("details:not([open])");
  if (fold) { fold.open = true; place.scrollIntoView({ block: "center" }); }
}
addEventListener("hashchange", unfold);
unfold();
document.documentElement.classList.add("scripted");
