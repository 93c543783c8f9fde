// Results as you type: only the latest question is answered, and the address follows.
import { all, made } from "./dom.js";

const WAIT = 80; // milliseconds without a key before a question is asked

export function searching() {
  const box = document.querySelector("[data-live]");
  const list = document.querySelector("[data-results]");
  if (!box || !list) return;
  let timer, asking;
  box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  async function ask() {
    asking?.abort();
    asking = new AbortController();
    const words = box.value.trim();
    const address = new URL(location.href);
    address.searchParams.set("q", words);
    history.replaceState(null, "", address);
    try {
      const answer = await fetch(`/search.json${address.search}`, { signal: asking.signal });
      if (answer.ok) show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  function show({ results, told }) {
    document.querySelector("[data-told]").textContent = told;
    list.replaceChildren(...results.map((one) => {
      const snippet = made("span", one.parts.map(([words, hit]) => (hit ? made("mark", words) : words)));
      const link = made("a", [made("span", one.kind, { className: "kind" }), snippet], { href: one.href });
      return made("li", [link, one.where ? made("p", one.where, { className: "where" }) : null]);
    }));
  }
}

document.addEventListener("keydown", (event) => {
  const box = document.querySelector("[data-live]");
  if (!box || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  const links = [box, ...all("[data-results] a")];
  const now = links.indexOf(document.activeElement);
  if (now < 0) return;
  event.preventDefault();
  links[Math.max(0, Math.min(links.length - 1, now + (event.key === "ArrowDown" ? 1 : -1)))].focus();
});
