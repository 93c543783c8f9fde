// What pages do beyond being read. Without this file every word can still be reached.
import { adding } from "./adding.js";
import { cards } from "./cards.js";
import { citing } from "./citing.js";
import { knowledge } from "./knowledge.js";
import { reading } from "./reading.js";
import { review } from "./review.js";
import { searching } from "./searching.js";
import { onPage } from "./turning.js";
import { visits } from "./visits.js";

onPage(cards, knowledge, reading, review, searching, citing, visits, adding);

// "/" goes to the search box, as in most reading rooms.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = document.querySelector('main input[type="search"]') ?? document.querySelector('[data-key="/"]');
  if (box) { event.preventDefault(); box.focus(); box.select(); }
});
