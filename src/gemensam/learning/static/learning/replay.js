// Plays a space: the steps come from the server, and each moment of the followed page is fetched through its ordinary
// address (`?knew_at=`), as anybody would open it. Nothing here draws what a page says.
//
//   #replay[data-steps]   "seconds:place seconds:place …": since the step before; tenths of the timeline's units
import { morph } from "../js/live-morph.js";
import { tell } from "../js/words.js";

const LEAST_MS = 250; // between two steps
const LONGEST_MS = 2_500; // so long one waits for a step when nothing came
const root = document.getElementById("replay");
const stage = document.getElementById("replay-stage");
const [time, place, landmark, slider, play, speed, page, open] =
  ["time", "place", "landmark", "slider", "play", "speed", "page", "open"].map((name) => document.getElementById(`replay-${name}`));
const head = document.querySelector(".tl-head");
const landmarks = [...document.querySelectorAll(".landmarks li[data-at]")];
const { times, places } = decode(root.dataset.steps);
let at = 0;
let timer = 0;
let isPlaying = false;
let fetching = null; // the address that is being fetched
let fetched = Promise.resolve();

function decode(text) {
  const found = { times: [], places: [] };
  let second = 0;
  for (const pair of text.split(" ")) {
    const [passed, where] = pair.split(":").map(Number);
    second += passed;
    found.times.push(second * 1_000);
    found.places.push(where / 10);
  }
  return found;
}

// Moving ----------------------------------------------------------------------------------------------------------

function show(step, { quietly = false } = {}) {
  at = Math.min(Math.max(step, 0), times.length - 1);
  slider.value = String(at);
  time.textContent = words(times[at]);
  place.textContent = `${at + 1} / ${times.length}`;
  slider.setAttribute("aria-valuetext", time.textContent);
  for (const name of ["x1", "x2"]) head?.setAttribute(name, places[at]);
  showLandmark();
  open.href = address();
  fetched = fetchPage();
  if (!quietly) tell(time.textContent);
}

function showLandmark() {
  const last = landmarks.findLast((one) => Number(one.dataset.at) <= times[at]);
  for (const one of landmarks) one.toggleAttribute("aria-current", false);
  last?.setAttribute("aria-current", "true");
  landmark.textContent = last?.querySelector("span").textContent ?? "";
}

function start() {
  isPlaying = true;
  if (at === times.length - 1) show(0, { quietly: true });
  named();
  goOn();
}

function pause() {
  isPlaying = false;
  clearTimeout(timer);
  named();
  tell(time.textContent);
}

function named() {
  play.querySelector("span").textContent = isPlaying ? root.dataset.textPause : root.dataset.textPlay;
}

// The next step comes when its time has passed at the chosen speed, and the page of the last one is there.
function goOn() {
  if (!isPlaying) return;
  if (at === times.length - 1) return ended();
  const next = following();
  const wait = Math.min(Math.max((times[next] - times[at]) / Number(speed.value), LEAST_MS), LONGEST_MS);
  const passed = new Promise((done) => { timer = setTimeout(done, wait); });
  Promise.all([passed, fetched]).then(() => {
    if (!isPlaying) return;
    show(next, { quietly: true });
    goOn();
  });
}

// Steps that come faster than they can be seen are taken together.
function following() {
  const reach = times[at] + Number(speed.value) * LEAST_MS;
  let next = at + 1;
  while (next < times.length - 1 && times[next + 1] <= reach) next += 1;
  return next;
}

function ended() {
  pause();
  tell(`${root.dataset.textEnd}: ${time.textContent}`);
}

function stepTo(step) {
  if (isPlaying) pause();
  show(step);
}

// The page --------------------------------------------------------------------------------------------------------

function address() {
  return `${page.value}?knew_at=${encodeURIComponent(iso(times[at]))}`;
}

async function fetchPage() {
  const wanted = address();
  fetching = wanted;
  stage.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(wanted, { headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const text = await answer.text();
    if (fetching === wanted) put(new DOMParser().parseFromString(text, "text/html"));
  } catch {
    if (fetching !== wanted) return;
    if (isPlaying) pause();
    tell(root.dataset.textFailed, "warning");
  } finally {
    if (fetching === wanted) stage.removeAttribute("aria-busy");
  }
}

// What stands in the page's own `main`, under its heading; without what acts.
function put(fresh) {
  borrowStyles(fresh);
  const main = fresh.querySelector("main");
  const title = document.createElement("h2");
  title.textContent = main.querySelector("h1")?.textContent ?? "";
  for (const part of main.querySelectorAll("#notices, .page-head, form, .filters, .no-print")) part.remove();
  for (const part of main.querySelectorAll("[data-live]")) part.removeAttribute("data-live");
  const shown = document.createElement("section");
  for (const { name, value } of stage.attributes) shown.setAttribute(name, value);
  shown.append(title, ...main.childNodes);
  stage.hidden = false;
  shown.hidden = false;
  morph(stage, shown);
}

function borrowStyles(fresh) {
  for (const link of fresh.querySelectorAll('head link[rel="stylesheet"]:not([media])')) {
    const href = link.getAttribute("href");
    if (!document.querySelector(`link[rel="stylesheet"][href="${CSS.escape(href)}"]`)) document.head.append(document.importNode(link));
  }
}

// Words -----------------------------------------------------------------------------------------------------------

function words(instant) {
  const language = document.documentElement.lang === "en" ? "en-GB" : "sv-SE";
  const told = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "medium", timeZone: "Europe/Stockholm" }).format(instant);
  return language === "sv-SE" ? told.replace(/(\d\d):(\d\d):(\d\d)/, "$1.$2.$3") : told;
}

function iso(instant) {
  return new Date(instant).toISOString().replace(/\.\d+Z$/, "+00:00");
}

// Hands -----------------------------------------------------------------------------------------------------------

const KEYS = { p: () => (isPlaying ? pause() : start()), ",": () => stepTo(at - 1), ".": () => stepTo(at + 1) };

play.addEventListener("click", KEYS.p);
document.getElementById("replay-back").addEventListener("click", KEYS[","]);
document.getElementById("replay-on").addEventListener("click", KEYS["."]);
slider.addEventListener("input", () => stepTo(Number(slider.value)));
page.addEventListener("change", () => {
  stage.replaceChildren();
  show(at);
});
document.addEventListener("keydown", (event) => {
  const isElsewhere = event.target.matches("input:not([type=range]), textarea, select") || document.querySelector("dialog[open]");
  if (event.ctrlKey || event.metaKey || event.altKey || isElsewhere || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});
for (const link of document.querySelectorAll("[data-replay-at]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    stepTo(stepAt(Number(link.dataset.replayAt)));
    root.scrollIntoView({ block: "nearest" });
  });
}

function stepAt(instant) {
  const found = times.findIndex((one) => one >= instant);
  return found < 0 ? times.length - 1 : found;
}

slider.max = String(times.length - 1);
root.hidden = false;
show(root.dataset.startsAt ? stepAt(Number(root.dataset.startsAt)) : 0, { quietly: true });
