// Keeps "14 min" true while a page stands open. A clock here that is far from the server's is not believed.
import { word } from "./words.js";

const drawn = document.getElementById("page-age");
const historical = document.querySelector(".historical");
const MINUTE = 60_000;
const drawnAt = startOf(Date.parse(drawn?.dataset.drawnAt ?? ""));

export function words(passed) {
  if (passed < MINUTE) return word("justNow");
  const minutes = Math.floor(passed / MINUTE);
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes / 60} h`;
}

// The page says the minute in which it was drawn, not the second.
function startOf(minute) {
  const here = Date.now() - performance.now();
  const isNear = Number.isNaN(minute) || (here > minute - MINUTE && here < minute + 3 * MINUTE);
  return isNear ? here : minute;
}

function recount() {
  const now = drawnAt + performance.now();
  for (const each of document.querySelectorAll("time[data-age]")) {
    const passed = now - Date.parse(each.dateTime);
    if (passed >= 0 && passed < 720 * MINUTE) each.textContent = words(passed);
  }
  for (const each of document.querySelectorAll("time[data-until]")) countDown(each, Date.parse(each.dateTime) - now);
}

// Beyond a day the server's words, in days, stand as they are. What is not kept fresh may have come without this page
// knowing it: there nothing is called late that was not late when the page was drawn.
function countDown(each, left) {
  if (Math.abs(left) >= 1440 * MINUTE) return;
  if (left <= 0 && !each.closest("[data-live]")) {
    each.hidden = !each.classList.contains("warned");
    return;
  }
  const pattern = left > 0 ? each.dataset.until : each.dataset.late;
  each.textContent = Math.abs(left) < MINUTE ? each.dataset.here : pattern.replace("#", words(Math.abs(left)));
  each.classList.toggle("warned", left <= -MINUTE);
}

if (!historical) setInterval(recount, MINUTE / 2);
