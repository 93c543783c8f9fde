// All pages in one file: the address after "#/" says which of them is shown.
import { all } from "./dom.js";
import { cards } from "./cards.js";
import { citing } from "./citing.js";
import { knowledge } from "./knowledge.js";
import { reading } from "./reading.js";
import { begin, onPage } from "./turning.js";

const FRONT = "index.html";
const front = { title: document.title, parts: shown() };
let here = FRONT;

onPage(cards, knowledge, reading, citing);
addEventListener("hashchange", arrived);
if (location.hash) arrived();

function shown() {
  return [document.getElementById("main"), document.querySelector(".endnotes")].filter(Boolean);
}

function arrived() {
  const [, file, mark] = /^#\/([^#]*)(?:#(.*))?$/.exec(location.hash) ?? [null, location.hash ? here : FRONT, location.hash.slice(1)];
  const page = all("template[data-page]").find((one) => one.dataset.page === file);
  if (file !== here && (page || file === FRONT)) {
    const parts = file === FRONT ? front.parts : [...document.importNode(page.content, true).children];
    const [first, ...rest] = shown();
    for (const one of rest) one.remove();
    first.replaceWith(...parts);
    document.title = file === FRONT ? front.title : page.dataset.title;
    here = file;
    for (const link of all(".masthead nav a")) {
      const stem = link.hash.slice(2).replace(/\.html$/, "");
      link.toggleAttribute("aria-current", stem === file.replace(/\.html$/, "") || file.startsWith(`${stem}/`));
      if (link.hasAttribute("aria-current")) link.setAttribute("aria-current", "page");
    }
    begin();
    if (!mark) { scrollTo(0, 0); document.getElementById("main").focus({ preventScroll: true }); }
  }
  const place = mark && document.getElementById(mark);
  if (place) place.scrollIntoView({ block: "center" });
}
