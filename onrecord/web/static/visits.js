// What is new since the last visit. This browser remembers what it was shown; nobody else is told.
import { all, made } from "./dom.js";

export function visits() {
  const line = document.querySelector("[data-visit]");
  if (!line?.dataset.reports) return;
  const key = `seen ${line.dataset.visit}`;
  const changes = all("[data-change]");
  const now = { reports: line.dataset.reports.split(" "), changes: changes.map((one) => one.dataset.change), day: Date.now() };
  const last = remembered(key);
  localStorage.setItem(key, JSON.stringify(now));
  if (!last) return;
  const reports = now.reports.filter((one) => !last.reports.includes(one)).length;
  const fresh = changes.filter((one) => !last.changes.includes(one.dataset.change));
  for (const one of fresh) one.querySelector(".caps").append(made("span", "new", { className: "tag" }));
  const day = new Date(last.day).toLocaleDateString("en-GB", { day: "numeric", month: "long" });
  const news = [reports && `${reports} new ${reports === 1 ? "report" : "reports"}`, fresh.length && `${fresh.length} of these`];
  line.textContent = `Since your last visit, ${day}: ${news.filter(Boolean).join(", ") || "nothing new"}.`;
  line.hidden = false;
}

function remembered(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    return Array.isArray(kept?.reports) && Array.isArray(kept.changes) ? kept : null;
  } catch {
    return null;
  }
}
