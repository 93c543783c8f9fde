// What pages do that were written as files: the same, but for what needs a server.
import { cards } from "./cards.js";
import { citing } from "./citing.js";
import { knowledge } from "./knowledge.js";
import { reading } from "./reading.js";
import { onPage } from "./turning.js";

onPage(cards, knowledge, reading, citing);

// The day that was chosen goes along from page to page.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (link && location.search && link.protocol === location.protocol && !link.search) link.search = location.search;
});
