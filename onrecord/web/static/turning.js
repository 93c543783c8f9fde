// To another state of the same page without losing one's place: only what differs is put in.
const PARTS = ["#main", ".endnotes", ".masthead nav", ".asof .plain", ".foot"];
const begun = [];
let asking, hasTurned = false;

/** What is to be done when a page, or a part of it, is new. */
export const onPage = (...modules) => {
  begun.push(...modules);
  for (const start of modules) start();
};

export const begin = () => { for (const start of begun) start(); };

export async function turned(address, isBack = false) {
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(address, { signal: asking.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    put(new DOMParser().parseFromString(await answer.text(), "text/html"), address, isBack);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
}

function put(page, address, isBack) {
  hasTurned = true;
  if (!isBack) history.pushState({ turned: true }, "", address);
  document.title = page.title;
  for (const part of PARTS) {
    const now = document.querySelector(part), then = page.querySelector(part);
    if (now && then) now.replaceWith(then);
    else if (now) now.remove();
    else if (then) document.getElementById("main").after(then);
  }
  document.querySelector(".asof")?.removeAttribute("aria-busy");
  begin();
}

addEventListener("popstate", () => { if (hasTurned && !location.hash) turned(location.href, true); });
