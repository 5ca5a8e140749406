// Live pages: on a signal, the parts of the page that it concerns are fetched anew and changed in place.
//
//   <section data-live="SPACE" data-live-src="URL" data-live-kinds="report. request." data-live-at="POSITION">
//
// data-live        the space whose signals concern this part (several with blanks between; * is any)
// data-live-src    where the part is drawn; fetched with If-None-Match
// data-live-part   take the element with the same data-live-part from a whole page
// data-live-kinds  only kinds that begin so
// data-live-at     position of the space when the part was drawn: nothing older is fetched again
// data-live-etag   ETag of what the part shows, when known
// data-live-every  fetch also every so many seconds (ages and overdue change without a signal)
//
// A page of the past (<body data-historical>, or one that says .historical) follows nothing. Signals carry no content; nothing here decides rights.
import { Line } from "./live-line.js";
import { morph } from "./live-morph.js";
import { Stream } from "./live-stream.js";

const JITTER = 250;
const JITTER_WHEN_BACK = 2_000;
const MARKED_FOR = 60_000;
const ANNOUNCE_EVERY = 10_000;

const place = document.querySelector("[data-live-age]");
const words = place?.dataset ?? {};
const region = document.querySelector("[data-live-announce]") ?? document.getElementById("live-region");
const sources = new Map(); // address → {etag, parts, timer, isFetching, again, failures}
const listeners = new Set();
let line = null;
let channel = null;
let hasOpened = false;

// Call `tell({space, kind, position})` for each signal of a space ("*": any) whose kind begins so.
export function onSignal(space, kindPrefix, tell) {
  listeners.add({ space, kindPrefix, tell });
}

// Start following when the page has something to follow; again after parts have been put in later.
export function follow() {
  const isPast = document.body.matches("[data-historical]") || document.querySelector(".historical");
  if (channel || isPast || !document.querySelector("[data-live]")) return;
  line = new Line(place, announce);
  channel = open(words.signals || "/signals", words.worker || new URL("live-worker.js", import.meta.url).href);
  setInterval(fetchPeriodically, 1_000);
}

// The channel ---------------------------------------------------------------------------------------------------

function open(address, worker) {
  if (!globalThis.SharedWorker) return ownStream(address);
  try {
    return sharedStream(address, worker);
  } catch {
    return ownStream(address);
  }
}

function sharedStream(address, url) {
  const worker = new SharedWorker(url, { type: "module", name: "gemensam-live" });
  worker.addEventListener("error", () => { channel = ownStream(address); }, { once: true });
  worker.port.addEventListener("message", ({ data }) => receive(data));
  worker.port.start();
  const say = (type) => worker.port.postMessage({ type, address });
  say("hello");
  addEventListener("pagehide", () => say("bye"));
  addEventListener("pageshow", ({ persisted }) => { if (persisted) say("hello"); });
  return { tryNow: () => say("try") };
}

// A stream of the page's own, closed while nobody looks: browsers allow only six to one server.
function ownStream(address) {
  const stream = new Stream(address, receive);
  const mind = () => (document.hidden ? stream.stop() : stream.start());
  document.addEventListener("visibilitychange", mind);
  addEventListener("pagehide", () => stream.stop());
  addEventListener("pageshow", mind);
  mind();
  return stream;
}

function receive(message) {
  switch (message.type) {
    case "open": return opened(message.cursor);
    case "cut": return line.cut();
    case "ended": return line.ended();
    case "beat": return heard();
    default: heard(); return signalled(message);
  }
}

function heard() {
  const wasSilent = line.state === "cut";
  line.open();
  if (wasSilent) comeBack();
}

function opened(cursor) {
  const wasCut = line.state === "cut" || line.state === "ended";
  line.open();
  if (wasCut) comeBack();
  else if (!hasOpened) fetchWhatMoved(cursor);
  hasOpened = true;
}

async function comeBack() {
  const fetched = await Promise.all(addresses().map((address) => fetchSoon(address, JITTER_WHEN_BACK)));
  if (line.state === "open" && fetched.every(Boolean)) line.back();
}

// Between the drawing of the page and the opening of the stream something may have come.
function fetchWhatMoved(cursor) {
  const heads = new Map(cursor.split(",").map((each) => [each.slice(0, each.lastIndexOf(":")), each.slice(each.lastIndexOf(":") + 1)]));
  for (const part of document.querySelectorAll("[data-live][data-live-src]")) {
    const isCurrent = part.dataset.liveAt !== undefined && part.dataset.liveAt === heads.get(part.dataset.live);
    if (!isCurrent) fetchSoon(addressOf(part), JITTER);
  }
}

// Signals ---------------------------------------------------------------------------------------------------------

function signalled({ space, kind, position, spread = JITTER }) {
  for (const each of listeners) {
    if ((each.space === "*" || each.space === space) && kind.startsWith(each.kindPrefix)) each.tell({ space, kind, position });
  }
  for (const part of document.querySelectorAll("[data-live][data-live-src]")) {
    if (concerns(part, space, kind, position)) fetchSoon(addressOf(part), spreadOf(part, spread));
  }
}

// A part by its own address is answered together with others'; a whole page, from which one is taken, by itself.
function spreadOf(part, spread) {
  return part.dataset.livePart ? Math.max(spread, JITTER) : spread;
}

function concerns(part, space, kind, position) {
  const spaces = part.dataset.live.split(/\s+/);
  if (!spaces.includes(space) && !spaces.includes("*")) return false;
  if (spaces.length === 1 && spaces[0] === space && Number(part.dataset.liveAt ?? 0) >= position) return false;
  const kinds = part.dataset.liveKinds?.trim();
  return !kinds || kinds.split(/\s+/).some((prefix) => kind.startsWith(prefix));
}

// Fetching --------------------------------------------------------------------------------------------------------

function addressOf(part) {
  return new URL(part.dataset.liveSrc, location.href).href;
}

function partsOf(address) {
  return [...document.querySelectorAll("[data-live-src]")].filter((part) => addressOf(part) === address);
}

function addresses() {
  return [...new Set([...document.querySelectorAll("[data-live][data-live-src]")].map(addressOf))];
}

function sourceOf(address) {
  if (!sources.has(address)) sources.set(address, { etag: "", parts: new WeakSet(), failures: 0, promise: null, again: false, fetchedAt: Date.now() });
  return sources.get(address);
}

// Fetch once for all signals that come meanwhile; while the tab is hidden, when it is looked at again. Whether it went.
function fetchSoon(address, jitter) {
  const source = sourceOf(address);
  if (source.isFetching) source.again = true;
  source.promise ??= wait(Math.random() * jitter).then(whenSeen).then(() => fetchNow(address, source)).finally(() => {
    source.promise = null;
    if (source.again) fetchSoon(address, jitter);
    source.again = false;
  });
  return source.promise;
}

function wait(milliseconds) {
  return new Promise((resolve) => { setTimeout(resolve, milliseconds); });
}

function whenSeen() {
  if (!document.hidden) return null;
  return new Promise((resolve) => {
    document.addEventListener("visibilitychange", () => resolve(), { once: true });
  });
}

async function fetchNow(address, source) {
  source.isFetching = true;
  source.fetchedAt = Date.now();
  try {
    const etag = etagFor(source, partsOf(address));
    const answer = await fetch(address, { headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store", credentials: "same-origin" });
    return await take(address, source, answer);
  } catch {
    return retry(address, source); // the line: the stream will tell
  } finally {
    source.isFetching = false;
  }
}

// An ETag belongs to what is on the page: a part that was put in since we fetched is fetched without one.
function etagFor(source, parts) {
  const given = parts.length === 1 ? parts[0].dataset.liveEtag : undefined;
  if (parts.every((part) => source.parts.has(part))) return source.etag || given;
  return parts.every((part) => !source.parts.has(part)) ? given : "";
}

async function take(address, source, answer) {
  if (answer.status >= 500) return retry(address, source);
  source.failures = 0;
  if (answer.status === 401 || isElsewhere(answer, address)) line.ended();
  else if (answer.status === 403 || answer.status === 404) partsOf(address).forEach(wipe);
  else if (answer.status === 200) await show(address, source, answer);
  return answer.ok || answer.status === 304;
}

async function show(address, source, answer) {
  const text = await answer.text();
  source.etag = answer.headers.get("ETag") ?? "";
  for (const part of partsOf(address)) {
    source.parts.add(part);
    replace(part, new DOMParser().parseFromString(text, "text/html"));
  }
}

// Sent on to another page: to sign in.
function isElsewhere(answer, address) {
  return answer.redirected && new URL(answer.url).pathname !== new URL(address).pathname;
}

function retry(address, source) {
  source.failures += 1;
  const isWorthIt = source.failures <= 6; // after that the next signal tries again
  if (isWorthIt) setTimeout(() => fetchSoon(address, JITTER), 1_000 * 2 ** source.failures);
  return false;
}

// What may no longer be read is not left on the screen.
function wipe(part) {
  part.replaceChildren(Object.assign(document.createElement("p"), { textContent: words.textGone ?? "" }));
  part.removeAttribute("data-live");
}

function fetchPeriodically() {
  if (document.hidden || line.state === "ended") return;
  for (const part of document.querySelectorAll("[data-live-every][data-live-src]")) {
    const source = sourceOf(addressOf(part));
    if (Date.now() - source.fetchedAt >= Number(part.dataset.liveEvery) * 1_000) fetchSoon(addressOf(part), JITTER);
  }
}

// Changing the page -----------------------------------------------------------------------------------------------

function replace(part, page) {
  const fresh = freshPart(part, page);
  if (!fresh) return;
  const { added, changed } = morph(part, fresh);
  const all = [...added, ...changed];
  added.forEach((each) => mark(each, "is-new", words.textNew));
  changed.forEach((each) => mark(each, "is-changed", words.textChanged));
  countForAnnouncement(all.filter((each) => !all.some((other) => other !== each && other.contains(each))).length);
  globalThis.htmx?.process(part);
  part.dispatchEvent(new CustomEvent("live:changed", { bubbles: true, detail: { added, changed } }));
}

// The fragment may be the element itself (same id or data-live-part) or what is inside it.
function freshPart(part, page) {
  if (part.dataset.livePart) return page.querySelector(`[data-live-part="${CSS.escape(part.dataset.livePart)}"]`);
  if (part.id && page.getElementById(part.id)) return page.getElementById(part.id);
  const only = page.body.children.length === 1 ? page.body.firstElementChild : null;
  return only?.matches("[data-live-src]") && only.nodeName === part.nodeName ? only : page.body;
}

function mark(element, name, word) {
  const shown = element.querySelector("[data-live-mark-here]") ?? (element.nodeName === "TR" ? element.firstElementChild : element);
  element.classList.remove("is-new", "is-changed");
  element.classList.add(name);
  if (word && shown) shown.setAttribute("data-live-mark", word);
  const stamp = String(Date.now());
  element.liveMarked = stamp;
  setTimeout(() => {
    if (element.liveMarked !== stamp) return;
    element.classList.remove(name);
    shown?.removeAttribute("data-live-mark");
  }, MARKED_FOR);
}

let toAnnounce = 0;
let announcing = 0;
let announcedAt = 0;

function countForAnnouncement(count) {
  toAnnounce += count;
  if (!toAnnounce || announcing) return;
  announcing = setTimeout(() => {
    const text = toAnnounce === 1 ? words.textAnnounceOne : words.textAnnounceMany;
    announce((text ?? "").replaceAll("{n}", String(toAnnounce)));
    [toAnnounce, announcing, announcedAt] = [0, 0, Date.now()];
  }, Math.max(500, announcedAt + ANNOUNCE_EVERY - Date.now()));
}

function announce(text) {
  if (region && text) region.textContent = text;
}

addEventListener("online", () => channel?.tryNow());
document.addEventListener("visibilitychange", () => { if (!document.hidden && line?.state === "cut") channel?.tryNow(); });
document.addEventListener("htmx:load", follow);
follow();
