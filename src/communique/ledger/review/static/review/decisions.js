// Deciding: shown at once, sent in order, and put right where the ledger says otherwise.

import { toast } from "../design/page.js";
import { Outbox, piece } from "./outbox.js";
import * as findings from "./findings.js";

const desk = document.getElementById("desk");
const PAGE = desk.dataset.page;
const STATES = { accept: "accepted", reject: "rejected", unsure: "unsure", reopen: "proposed" };
const SAID = { accept: "Accepted", reject: "Rejected", unsure: "Unsure", reopen: "Opened again" };

export const outbox = new Outbox({ page: PAGE, tell });

function tell({ waiting, offline }) {
  const line = document.getElementById("outbox");
  line.hidden = !offline;
  line.textContent = offline
    ? `The ledger does not answer. ${waiting} ${waiting === 1 ? "decision waits" : "decisions wait"} here and will be sent when it does; keep this page open.`
    : "";
}

const urlOf = (claim, verb) => `/claims/${claim}/${verb}/`;

/** Decides on a finding, and goes on to the next. */
export async function decide(finding, decision) {
  if (!finding) return;
  const claim = finding.dataset.claim;
  const why = finding.querySelector("[name=why]")?.value.trim() ?? "";
  const challenged = finding.classList.contains("is-challenged");
  const keeps = decision === "accept" && finding.querySelector(".corrected");
  const state = keeps ? "corrected" : STATES[decision];
  if (state === finding.dataset.state && !challenged && !why) { findings.lookAt(findings.nextOpen(finding)); return; }
  const version = Number(finding.dataset.version);
  findings.show(finding, state);
  const next = findings.nextOpen(finding);
  const left = findings.count();
  if (next) findings.lookAt(next);
  findings.say(next ? `${SAID[decision]}, ${left} left.` : `${SAID[decision]}. All decided. Press n for the next document.`);
  if (!next && PAGE === "document") toast("All decided here. n leads to the next document in the queue.");
  await settle(outbox.send({ url: urlOf(claim, "decide"), body: { decision, why }, claim, version }), claim);
}

/** Takes what a newer reading has. */
export async function takeNewer(finding) {
  if (!finding?.querySelector("[data-key=t]")) return;
  const { claim, version } = finding.dataset;
  findings.show(finding, "corrected");
  findings.lookAt(findings.nextOpen(finding) ?? finding);
  await settle(outbox.send({ url: urlOf(claim, "newer"), body: {}, claim, version: Number(version) }), claim);
}

/** Undoes one's own last decision, after all that waits is sent. */
export async function undo() {
  findings.say("Undoing.");
  const got = await outbox.send({ url: desk.dataset.undo, body: {} });
  if (!got.ok) { toast(got.html || "Not undone.", { bad: true }); return; }
  const fresh = findings.put(got.html);
  if (desk.dataset.text) await retext();
  if (!("gone" in fresh.dataset)) findings.lookAt(findings.of(fresh.dataset.claim));
  toast(fresh.dataset.told);
}

/** Shows how a finding stands when the ledger has answered. */
export async function settle(sent, claim) {
  const got = await sent;
  if (got.ok || got.status === 409) {
    const moved = got.ok ? null : findings.of(claim);
    const fresh = findings.put(got.html);
    if (moved) { findings.lookAt(fresh); toast(fresh.dataset.notice, { bad: true }); findings.say(fresh.dataset.notice); }
    return;
  }
  await asItStands(claim);
  const why = got.status === 0 ? "what came before it was not kept" : told(got);
  toast(`Not kept: ${why}.`, { bad: true });
}

function told(got) {
  if (got.status === 403) return "you may not do this, or you are signed out. Sign in in another tab, then reload";
  if (got.status === 404 || got.status === 410) return "this claim is no longer there";
  return got.html && !got.html.trimStart().startsWith("<") ? got.html.trim().replace(/\.$/, "") : `the ledger said ${got.status}`;
}

async function asItStands(claim) {
  try {
    findings.put(await piece(urlOf(claim, "finding"), PAGE));
  } catch {
    findings.of(claim)?.classList.remove("sending");
  }
}

/** Marks the text anew: something now stands on other words. */
export async function retext() {
  const script = document.getElementById("script");
  if (!script) return;
  try {
    script.innerHTML = await piece(desk.dataset.text, PAGE);
  } catch {
    return;
  }
  const finding = findings.here();
  if (finding) for (const mark of findings.marksOf(finding.dataset.claim)) mark.classList.add("here");
}

/** Sends what a page that was closed had not sent. */
export function sendLeft() {
  for (const { url, body, claim, version } of Outbox.left()) {
    const finding = claim && findings.of(claim);
    if (finding && STATES[body.decision]) findings.show(finding, STATES[body.decision]);
    const sent = outbox.send({ url, body, claim, version });
    if (claim) settle(sent, claim);
  }
}
