// Single keys, as far as they are switched on and nobody is typing.

import { isTyping, keysAreOn } from "../design/page.js";

/** Lets keys do things: `does` maps a key to a function. */
export function listen(does) {
  document.addEventListener("keydown", (event) => {
    if (isTyping(event) || !keysAreOn()) return;
    if (event.target.closest?.("form.correcting, form.adding") && event.key !== "Escape") return;
    if (document.getElementById("script")?.classList.contains("choosing")) return;
    const act = does[event.key];
    if (!act || (event.key.startsWith("Arrow") && !event.target.closest("#findings"))) return;
    event.preventDefault();
    act(event);
  });
}
