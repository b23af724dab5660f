// Choosing words of the text, with the mouse or by keyboard, and telling where in the document they stand.

import { say } from "./findings.js";

const script = () => document.getElementById("script");
const long = (text) => [...text].length;  // characters as the ledger counts them

/** What is selected in the text, to whole words: {start, end, words}; null where nothing is. */
export function selected() {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!script().contains(range.commonAncestorContainer)) return null;
  const chosen = index().filter((word) => overlaps(range, word));
  return chosen.length ? place(chosen[0], chosen.at(-1)) : null;
}

function overlaps(range, word) {
  const own = document.createRange();
  own.setStart(word.node, word.from);
  own.setEnd(word.last, word.to);
  return range.compareBoundaryPoints(Range.END_TO_START, own) < 0 && range.compareBoundaryPoints(Range.START_TO_END, own) > 0;
}

/** Lets words be chosen with the arrow keys, from the one at `near` on; null where that is left. */
export function choose(near) {
  return new Promise((answer) => {
    const all = index();
    if (!all.length) { answer(null); return; }
    let at = Math.max(0, all.findIndex((w) => w.start >= near));
    let from = at;
    const area = script();
    area.tabIndex = -1;
    area.classList.add("choosing");
    area.focus({ preventScroll: true });
    const draw = (told) => {
      const [first, last] = from <= at ? [all[from], all[at]] : [all[at], all[from]];
      getSelection().setBaseAndExtent(first.node, first.from, last.last, last.to);
      const box = getSelection().getRangeAt(0).getBoundingClientRect();
      if (box.top < 60 || box.bottom > innerHeight * .6) all[at].node.parentElement.scrollIntoView({ block: "center" });
      say(told ?? place(first, last).words);
    };
    const leave = (chosen) => {
      area.classList.remove("choosing");
      area.removeEventListener("keydown", press);
      area.removeEventListener("mouseup", pointed);
      area.removeEventListener("blur", gone);
      if (!chosen) getSelection().removeAllRanges();
      answer(chosen);
    };
    const moves = {
      ArrowRight: () => Math.min(at + 1, all.length - 1), ArrowLeft: () => Math.max(at - 1, 0),
      ArrowDown: () => line(all, at, 1), ArrowUp: () => line(all, at, -1),
      Home: () => edge(all, at, -1), End: () => edge(all, at, 1),
    };
    const press = (event) => {
      if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); leave(null); return; }
      if (event.key === "Enter") { event.preventDefault(); leave(place(all[Math.min(from, at)], all[Math.max(from, at)])); return; }
      const move = moves[event.key];
      if (!move) return;
      event.preventDefault();
      at = move();
      if (!event.shiftKey) from = at;
      draw();
    };
    const pointed = () => { const chosen = selected(); if (chosen) leave(chosen); };
    const gone = () => leave(null);
    area.addEventListener("keydown", press);
    area.addEventListener("mouseup", pointed);
    area.addEventListener("blur", gone);
    draw("Choose words: arrow keys move, with shift they select, enter takes them, escape leaves.");
  });
}

/** All words in order: where each starts in the document, and in which nodes it stands. */
function index() {
  const all = [];
  for (const strip of script().querySelectorAll(".strip")) {
    let at = Number(strip.dataset.at);
    let word = null;
    const walker = document.createTreeWalker(strip, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const part of node.data.matchAll(/\s+|\S+/gu)) {
        const size = long(part[0]);
        if (/^\s/u.test(part[0])) word = null;
        else if (word) { word.last = node; word.to = part.index + part[0].length; word.end = at + size; word.words += part[0]; }
        else { word = { node, from: part.index, last: node, to: part.index + part[0].length, start: at, end: at + size, words: part[0] }; all.push(word); }
        at += size;
      }
    }
  }
  return all;
}

function place(first, last) {
  const range = document.createRange();
  range.setStart(first.node, first.from);
  range.setEnd(last.last, last.to);
  return { start: first.start, end: last.end, words: range.toString().replace(/\s+/gu, " ") };
}

function boxOf(word) {
  const range = document.createRange();
  range.setStart(word.node, word.from);
  range.setEnd(word.last, word.to);
  return range.getClientRects()[0] ?? range.getBoundingClientRect();
}

/** The word above or below. */
function line(all, at, by) {
  const now = boxOf(all[at]);
  let best = at, away = Infinity, row = null;
  for (let i = at + by; i >= 0 && i < all.length; i += by) {
    const box = boxOf(all[i]);
    if (Math.abs(box.top - now.top) < now.height / 2) continue;
    row ??= box.top;
    if (Math.abs(box.top - row) > now.height / 2) break;
    if (Math.abs(box.left - now.left) < away) { away = Math.abs(box.left - now.left); best = i; }
  }
  return best;
}

/** The first or last word of a line. */
function edge(all, at, by) {
  const now = boxOf(all[at]);
  let last = at;
  for (let i = at + by; i >= 0 && i < all.length; i += by) {
    const box = boxOf(all[i]);
    if (Math.abs(box.top - now.top) > now.height / 2) break;
    last = i;
  }
  return last;
}
