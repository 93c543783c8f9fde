// A report: layers switched on and off, cards tied to their words, j and k through the marks.
import { all, isCommand, made } from "./dom.js";

const tie = (id) => { for (const card of all(".margin li")) card.classList.toggle("on", card.dataset.for === id); };
const boxes = () => all(".layers input");
const marks = () => all(".text mark[data-is]");

export function reading() {
  const text = document.querySelector(".text");
  if (!text) return;
  for (const box of boxes()) box.addEventListener("change", () => text.classList.toggle(`hide-${box.value}`, !box.checked));
  marks().forEach((mark, number) => {
    mark.tabIndex = number ? -1 : 0;
    mark.addEventListener("focus", () => choose(mark));
    mark.addEventListener("click", (event) => { event.stopPropagation(); mark.focus(); });
  });
  for (const card of all(".margin li")) {
    card.addEventListener("pointerenter", () => point(card.dataset.for, true));
    card.addEventListener("pointerleave", () => point(card.dataset.for, false));
  }
  arrive();
}

/** The words of a card, while it is pointed at. */
const point = (id, isOn) => {
  for (const mark of all(`.text mark[data-of="${CSS.escape(id)}"]`)) mark.classList.toggle("pointed", isOn);
};

function choose(mark) {
  for (const one of marks()) { one.classList.toggle("on", one === mark); one.tabIndex = one === mark ? 0 : -1; }
  tie(mark.dataset.of ?? mark.id);
  const words = mark.textContent.length > 60 ? `${mark.textContent.slice(0, 59)}…` : mark.textContent;
  document.querySelector(".inspect").replaceChildren(made("b", words), ` ${mark.dataset.is}`);
}

function step(key) {
  const off = boxes().filter((box) => !box.checked).map((box) => box.value);
  const shown = marks().filter((mark) => !mark.dataset.layers.split(" ").every((layer) => off.includes(layer)));
  const now = shown.indexOf(document.activeElement);
  const next = shown[Math.min(shown.length - 1, Math.max(0, key === "j" ? now + 1 : now - 1))];
  if (next) { next.focus({ preventScroll: true }); next.scrollIntoView({ block: "center" }); }
}

/** What the address points at: a card, or a passage of a page that was written as a file. */
function arrive() {
  const id = location.hash.split("#").at(-1);
  tie(id);
  const passage = /^at-(\d+-\d+)$/.exec(id)?.[1];
  for (const mark of all(".text mark[data-at]")) mark.classList.toggle("here", mark.dataset.at.split(" ").includes(passage));
  const first = passage && document.querySelector(".text mark.here");
  if (first && document.querySelector(".text a[id]")) first.scrollIntoView({ block: "center" });
}

document.addEventListener("keydown", (event) => {
  if (document.querySelector(".text") && isCommand(event) && ["j", "k"].includes(event.key)) step(event.key);
});
addEventListener("hashchange", arrive);
