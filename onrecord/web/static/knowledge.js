// As of: one slider over the days on which something was published. Dragging tells what there was by then; letting go
// asks the server for the page as known that day. The day stands in the address.
const spoken = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

export function knowledge() {
  const form = document.querySelector(".asof");
  const slider = form?.querySelector("[type=range]");
  if (!slider) return;
  const days = form.dataset.days.split(" ").map((pair) => pair.split(":"));
  const last = days.length - 1;
  const asked = new URLSearchParams(location.search).get("as_of");
  slider.hidden = false;
  slider.value = asked ? Math.max(0, days.findLastIndex(([day]) => day <= until(asked))) : last;
  tell();
  slider.addEventListener("input", tell);
  slider.addEventListener("change", go);

  function tell() {
    const [day, count] = days[slider.value];
    const words = `${count} of ${days[last][1]} dated reports`;
    form.querySelector("output").textContent = spoken.format(new Date(`${day}T00:00Z`));
    form.querySelector("[data-count]").textContent = words;
    slider.setAttribute("aria-valuetext", `${spoken.format(new Date(`${day}T00:00Z`))}, ${words}`);
  }

  function go() {
    const address = new URL(location.href);
    address.hash = "";
    if (+slider.value === last) address.searchParams.delete("as_of");
    else address.searchParams.set("as_of", days[slider.value][0]);
    form.setAttribute("aria-busy", "true");
    form.querySelector("[data-count]").textContent = "Working it out …";
    location.assign(address);
  }
}

/** The last day that a year, month or day may mean, for comparing. */
const until = (text) => text + "-99-99".slice(text.length === 4 ? 0 : text.length === 7 ? 3 : 6);
