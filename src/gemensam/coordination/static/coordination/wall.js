// What does not fit on the wall at once is shown a page at a time, slowly, until somebody pauses it (WCAG 2.2.2).
// Without a script, and on a narrow screen, the page is as long as what it holds.

const bar = document.getElementById("wall-turn");
const [back, pause, on] = ["back", "pause", "on"].map((name) => bar.querySelector(`[data-turn="${name}"]`));
const place = bar.querySelector("[data-turn-place]");
const wide = matchMedia("(min-width: 60rem)");
const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
const PARTS = "h3, h4, p, li, blockquote";
const LEAST_MS = 8_000; // a page is left for so long, and for as long as it takes to read it aloud
const LETTER_MS = 65;
const FOOT = 24; // pixels under the wall's last line
const LINE = 64; // pixels of the line that one turns pages by

let starts = [0];
let at = 0;
let isPaused = false;
let timer = 0;
let told = "";

const focus = () => document.querySelector(".wall-focus");

/** Lay out anew: what is shown has changed, or the room for it. */
function fit() {
  const shown = focus();
  if (!shown) return;
  const title = shown.querySelector("h2").textContent;
  if (title !== told) at = 0;
  const last = Math.max(document.querySelector(".wall-foot").offsetHeight, LINE) + FOOT;
  const room = innerHeight - (shown.getBoundingClientRect().top + scrollY) - last;
  // On the body, for what the page itself holds is drawn anew as the conference goes on.
  document.body.classList.toggle("wall-turns", wide.matches);
  document.body.style.setProperty("--wall-room", `${Math.max(room, 120)}px`);
  const found = wide.matches ? pagesOf(shown) : [0];
  const isSame = timer && title === told && found.join() === starts.join();
  [starts, told] = [found, title];
  bar.hidden = starts.length < 2;
  if (!isSame) turn(Math.min(at, starts.length - 1)); // what is as it was goes on where it is
}

/** Where each page begins, in pixels from the top: no part is cut in two that fits on a page. */
function pagesOf(shown) {
  const title = shown.querySelector("h2").offsetHeight;
  const room = shown.clientHeight - title;
  const base = shown.getBoundingClientRect().top + title - shown.scrollTop;
  const found = [0];
  for (const part of shown.querySelectorAll(PARTS)) {
    if (part.querySelector(PARTS)) continue;
    const box = part.getBoundingClientRect();
    if (box.bottom - base - found.at(-1) <= room) continue;
    if (box.top - base > found.at(-1)) found.push(box.top - base);
    while (box.bottom - base - found.at(-1) > room) found.push(found.at(-1) + room);
  }
  return found;
}

function turn(page) {
  at = (page + starts.length) % starts.length;
  focus().scrollTo({ top: starts[at], behavior: isStill ? "instant" : "smooth" });
  place.textContent = bar.dataset.place.replace(/[12]/g, (which) => (which === "1" ? at + 1 : starts.length));
  wait();
}

function wait() {
  clearTimeout(timer);
  if (bar.hidden || isPaused) return;
  const letters = focus().textContent.replace(/\s+/g, " ").length / starts.length;
  timer = setTimeout(() => turn(at + 1), Math.max(LEAST_MS, letters * LETTER_MS));
}

function stop(stopped) {
  isPaused = stopped;
  pause.textContent = isPaused ? bar.dataset.goOn : bar.dataset.pause;
  wait();
}

pause.addEventListener("click", () => stop(!isPaused));
back.addEventListener("click", () => { stop(true); turn(at - 1); });
on.addEventListener("click", () => { stop(true); turn(at + 1); });
addEventListener("resize", fit);
new MutationObserver((changes) => {
  if (changes.some(({ target }) => !(target.parentElement ?? target).closest("[data-live-keep]"))) fit();
}).observe(document.querySelector(".on-the-wall"), { childList: true, characterData: true, subtree: true });
stop(false);
fit();
