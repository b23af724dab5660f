// Keys on the pages of who is who: each presses a button or follows a link that is there for the mouse, too.
import { isTyping, keysAreOn } from "../design/page.js";

const pairs = [...document.querySelectorAll("[data-pair]")];

function step(by) {
  const at = pairs.indexOf(document.activeElement?.closest("[data-pair]"));
  const next = pairs[Math.min(pairs.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function press(event) {
  if (isTyping(event) || !keysAreOn()) return;
  if (event.key === "j" || event.key === "k") return step(event.key === "j" ? 1 : -1);
  const within = pairs.length ? document.activeElement?.closest("[data-pair]") : document.querySelector("main");
  within?.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
}

document.addEventListener("keydown", press);
