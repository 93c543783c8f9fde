// Adding: files dropped anywhere on the form, and progress told while reports are read.
import { made } from "./dom.js";
import { turned } from "./turning.js";

export function adding() {
  const form = document.querySelector("[data-add]");
  if (!form) return;
  const files = form.querySelector("[type=file]"), zone = form.querySelector("[data-drop]");
  const chosen = form.querySelector("[data-chosen]");
  files.addEventListener("change", () => { chosen.textContent = [...files.files].map((one) => one.name).join(", "); });
  for (const kind of ["dragover", "dragleave", "drop"]) {
    form.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      zone.classList.toggle("over", kind === "dragover");
      if (kind !== "drop") return;
      files.files = event.dataTransfer.files;
      files.dispatchEvent(new Event("change"));
    });
  }
  form.addEventListener("submit", (event) => { event.preventDefault(); send(form); });
}

async function send(form) {
  const list = form.querySelector("[data-progress]"), button = form.querySelector("button.main");
  const tell = (words, isBad) => {
    list.append(made("li", words, { className: isBad ? "bad" : "" }));
    list.lastChild.scrollIntoView({ block: "nearest" });
  };
  list.replaceChildren();
  list.hidden = false;
  button.disabled = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { accept: "application/x-ndjson" } });
    if (!answer.ok) throw new Error((await answer.text()).slice(0, 300));
    for await (const line of lines(answer.body)) {
      if (line.go) return void await turned(new URL(line.go, location.href));
      tell(line.told ?? line.failed ?? line.error, !line.told);
    }
  } catch (error) {
    tell(error.message, true);
  } finally {
    button.disabled = false;
  }
}

async function* lines(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  for (let kept = ""; ;) {
    const { value, done } = await reader.read();
    const parts = (kept + (value ?? "")).split("\n");
    kept = parts.pop();
    for (const part of parts) yield JSON.parse(part);
    if (done) return;
  }
}
