// Copy as citation: quotation, source, report, date and place of the words.
import { all } from "./dom.js";

export function citing() {
  for (const button of all("[data-cite]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const words = button.textContent;
      try {
        await navigator.clipboard.writeText(button.dataset.cite);
        button.textContent = "Copied";
      } catch {
        button.textContent = "Not allowed by the browser";
      }
      setTimeout(() => { button.textContent = words; }, 1600);
    });
  }
}
