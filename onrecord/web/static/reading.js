// A report: layers switched on and off, cards tied to their words, j and k through the marks.
import { all, isCommand, made } from "./dom.js";

export function reading() {
  const text = document.querySelector(".text");
  if (!text) return;
  const boxes = all(".layers input");
  for (const box of boxes) box.addEventListener("change", () => text.classList.toggle(`hide-${box.value}`, !box.checked));
  const inspect = document.querySelector(".inspect");
  const marks = all("mark[data-is]", text);
  const tie = (id) => { for (const card of all(".margin li")) card.classList.toggle("on", card.dataset.for === id); };

  const choose = (mark) => {
    for (const one of marks) { one.classList.toggle("on", one === mark); one.tabIndex = one === mark ? 0 : -1; }
    tie(mark.dataset.of ?? mark.id);
    const words = mark.textContent.length > 60 ? `${mark.textContent.slice(0, 59)}…` : mark.textContent;
    inspect.replaceChildren(made("b", words), ` ${mark.dataset.is}`);
  };
  marks.forEach((mark, number) => {
    mark.tabIndex = number ? -1 : 0;
    mark.addEventListener("focus", () => choose(mark));
    mark.addEventListener("click", (event) => { event.stopPropagation(); mark.focus(); });
  });
  document.addEventListener("keydown", (event) => {
    if (!isCommand(event) || !["j", "k"].includes(event.key)) return;
    const off = boxes.filter((box) => !box.checked).map((box) => box.value);
    const shown = marks.filter((mark) => !mark.dataset.layers.split(" ").every((layer) => off.includes(layer)));
    const now = shown.indexOf(document.activeElement);
    const next = shown[Math.min(shown.length - 1, Math.max(0, event.key === "j" ? now + 1 : now - 1))];
    if (next) { next.focus({ preventScroll: true }); next.scrollIntoView({ block: "center" }); }
  });
  const arrive = () => tie(location.hash.slice(1));
  addEventListener("hashchange", arrive);
  arrive();
}
