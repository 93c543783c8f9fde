// Review by keys: j and k move, a accepts, r rejects, e edits, u undoes, m merges, n notes. Buttons do the same.
import { isCommand } from "./dom.js";

export function review() {
  const room = document.querySelector("[data-review]");
  if (!room) return;
  const author = room.querySelector("[name=author]");
  if (author) {
    author.value = sessionStorage.getItem("author") ?? "";
    author.addEventListener("change", () => sessionStorage.setItem("author", author.value));
  }
}

document.addEventListener("keydown", (event) => {
  const room = document.querySelector("[data-review]");
  if (!room || !isCommand(event)) return;
  const target = room.querySelector(`[data-press="${CSS.escape(event.key)}"]`);
  if (!target || target.disabled) return;
  event.preventDefault();
  if (target.matches("details")) { target.open = true; target.querySelector("select, input, textarea")?.focus(); }
  else target.click();
});
