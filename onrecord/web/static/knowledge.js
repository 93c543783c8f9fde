// As of: one slider over the days on which something was published. While it is dragged, what was not yet reported
// turns grey and says so; let go, and the room tells the story as known that day. The day stands in the address.
import { all, made } from "./dom.js";
import { turned } from "./turning.js";

const spoken = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const inWords = (day) => spoken.format(new Date(`${day}T00:00Z`));
const HELD = ".row, .lines > li, .changed li, .days li, .measure li, .links li, .quotes > li, tr[data-day], article[data-day]";

export function knowledge() {
  const form = document.querySelector(".asof");
  const slider = form?.querySelector("[type=range]");
  if (!slider) return;
  if (form.dataset.ready) return void form.dispatchEvent(new Event("turned"));
  form.dataset.ready = "yes";
  const isStill = "still" in form.dataset;
  const days = form.dataset.days.split(" ").map((pair) => pair.split(":"));
  const last = days.length - 1;
  slider.hidden = false;
  place();
  form.addEventListener("turned", place);
  slider.addEventListener("input", () => { tell(); grey(); });
  slider.addEventListener("change", go);
  form.addEventListener("submit", (event) => { if (isStill) event.preventDefault(); });

  function place() {
    const asked = new URLSearchParams(location.search).get("as_of");
    slider.value = asked ? Math.max(0, days.findLastIndex(([day]) => day <= until(asked))) : last;
    tell();
    if (isStill) grey();
  }

  function tell() {
    const [day, count] = days[slider.value];
    const words = `${count} of ${days[last][1]} dated reports`;
    form.querySelector("output").textContent = inWords(day);
    form.querySelector("[data-count]").textContent = words;
    slider.setAttribute("aria-valuetext", `${inWords(day)}, ${words}`);
  }

  /** What rests on nothing that was published by the day: greyed, and told in words. */
  function grey() {
    const day = +slider.value === last ? "9999" : days[slider.value][0];
    for (const one of all(HELD, document.getElementById("main"))) {
      const known = one.dataset.day ?? all(".ev", one).map((mark) => mark.dataset.day || "9999").sort()[0];
      const isLater = known !== undefined && (known || "9999") > day;
      if (one.classList.contains("later") !== isLater) mark(one, isLater);
      for (const drawn of all(`[data-drawn="${one.dataset.key}"]`)) drawn.classList.toggle("later", isLater);
    }
    for (const drawn of all("svg [data-day]")) drawn.classList.toggle("later", (drawn.dataset.day || "9999") > day);
  }

  function mark(one, isLater) {
    one.classList.toggle("later", isLater);
    const place = one.matches("tr") ? one.cells[0] : one.matches(".row, .lines > li, .days li") ? one.querySelector(".words, div") : one;
    if (isLater) place.prepend(made("span", "not yet reported", { className: "yet" }));
    else one.querySelector(".yet")?.remove();
  }

  function go() {
    const address = new URL(location.href);
    address.hash = "";
    if (+slider.value === last) address.searchParams.delete("as_of");
    else address.searchParams.set("as_of", days[slider.value][0]);
    if (isStill) return void history.replaceState(null, "", location.pathname + address.search + location.hash);
    form.setAttribute("aria-busy", "true");
    form.querySelector("[data-count]").textContent = "Working it out …";
    turned(address);
  }
}

/** The last day that a year, month or day may mean, for comparing. */
const until = (text) => text + "-99-99".slice(text.length === 4 ? 0 : text.length === 7 ? 3 : 6);
