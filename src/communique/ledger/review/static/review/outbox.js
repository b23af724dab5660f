// Sends what a reviewer does, one after the other and in order, however slow the network is. What is not
// answered yet survives a reload; nothing is given up because a line is down.

const KEPT = "communique-outbox";
const PAUSES = [1000, 2000, 4000, 8000, 15000];

export class Outbox {
  /** `tell(state)` hears {waiting, offline}. */
  constructor({ page, tell }) {
    this.page = page;
    this.tell = tell;
    this.entries = [];
    this.versions = new Map();
    this.running = false;
    this.tries = 0;
    window.addEventListener("online", () => { this.tries = 0; this.wake?.(); });
    window.addEventListener("beforeunload", (event) => { if (this.entries.length) event.preventDefault(); });
  }

  /** What was left unsent when this page was closed, taken out of the store. */
  static left() {
    const left = JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");
    sessionStorage.removeItem(KEPT);
    return left;
  }

  /** Sends `body` to `url` when all before it is answered. `claim` and `version` say what it was decided on.
      Resolves to {status, html}; status 0 where what came before it failed, and it was not sent. */
  send({ url, body, claim = "", version = 0 }) {
    return new Promise((answer) => {
      this.entries.push({ url, body, claim, version, answer });
      this.keep();
      this.run();
    });
  }

  keep() {
    const told = this.entries.map(({ url, body, claim, version }) => ({ url, body, claim, version }));
    if (told.length) sessionStorage.setItem(KEPT, JSON.stringify(told));
    else sessionStorage.removeItem(KEPT);
    this.tell({ waiting: told.length, offline: this.tries > 0 });
  }

  async run() {
    if (this.running) return;
    this.running = true;
    while (this.entries.length) {
      const entry = this.entries[0];
      const got = await this.deliver(entry);
      if (got === null) { await this.rest(); continue; }
      this.tries = 0;
      this.entries.shift();
      if (got.ok) this.learn(entry, got);
      else this.drop(entry.claim);
      this.keep();
      entry.answer(got);
    }
    this.running = false;
  }

  /** Null where nobody answered: the line is down, or the ledger is. */
  async deliver(entry) {
    const form = new URLSearchParams(entry.body);
    if (entry.claim) form.set("version", Math.max(entry.version, this.versions.get(entry.claim) ?? 0));
    try {
      const response = await fetch(entry.url, {
        method: "POST", body: form, redirect: "error", credentials: "same-origin",
        headers: { "HX-Request": "true", "X-Page": this.page, "X-CSRFToken": token() },
      });
      if ([502, 503, 504].includes(response.status)) return null;
      return { ok: response.ok, status: response.status, html: await response.text() };
    } catch {
      return null;
    }
  }

  rest() {
    const pause = PAUSES[Math.min(this.tries, PAUSES.length - 1)];
    this.tries += 1;
    this.keep();
    return new Promise((done) => {
      const timer = setTimeout(done, pause);
      this.wake = () => { clearTimeout(timer); done(); };
    });
  }

  /** One's own decision makes a new version: what is decided next on the same claim is decided on that. */
  learn(entry, got) {
    const told = /data-claim="([^"]+)" data-version="(\d+)"/.exec(got.html);
    if (told) this.versions.set(told[1], Number(told[2]));
  }

  /** What was decided after something that failed was decided on what is not so. */
  drop(claim) {
    if (!claim) return;
    const gone = this.entries.filter((e) => e.claim === claim);
    this.entries = this.entries.filter((e) => e.claim !== claim);
    for (const entry of gone) entry.answer({ ok: false, status: 0, html: "" });
  }
}

/** The token that shows the ledger that a request comes from its own page. */
export function token() {
  return JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
}

/** Fetches a piece of a page. */
export async function piece(url, page) {
  const response = await fetch(url, { headers: { "HX-Request": "true", "X-Page": page }, credentials: "same-origin" });
  if (!response.ok) throw new Error(`${response.status}`);
  return response.text();
}

/** The first element of a piece of HTML. */
export function element(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
}
