// Evidence: where the browser cannot anchor a popover itself, the card is put beside its mark.
import { all } from "./dom.js";

export function cards() {
  const anchored = CSS.supports("position-area", "bottom");
  const opener = new WeakMap();
  for (const button of all(".ev")) {
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => opener.set(document.getElementById(button.getAttribute("popovertarget")), button));
  }
  for (const card of all(".card[popover]")) {
    card.addEventListener("toggle", (event) => {
      const open = event.newState === "open";
      const button = opener.get(card);
      for (const one of all(`.ev[popovertarget="${card.id}"]`)) one.setAttribute("aria-expanded", String(open && one === button));
      if (open && button && !anchored) beside(card, button);
    });
  }
}

function beside(card, button) {
  const at = button.getBoundingClientRect(), size = card.getBoundingClientRect();
  const below = at.bottom + 8 + size.height < innerHeight || at.top < size.height;
  card.style.left = `${Math.max(16, Math.min(at.left - 16, innerWidth - size.width - 16))}px`;
  card.style.top = `${below ? at.bottom + 8 : at.top - size.height - 8}px`;
}
