// On a device that keeps something: what is written without contact waits here and is sent when there is contact again.
//
// Loaded where the device has been chosen for it (main.js). A form that can wait says so: <form data-offline="report">.
import { send } from "./csrf.js";
import { newKey } from "./forms.js";
import * as store from "./offline-store.js";
import { tell } from "./words.js";

const LINE_PATIENCE = 4_000;
const TRY_AGAIN = 15_000;
const KEEP_ANEW_AFTER = 10 * 60_000;
const SENT_SHOWN_FOR = 24 * 3_600_000;
const CLOCK_WORTH_TELLING = 60_000;
const SAID_BY_BUTTON = ["quick", "word", "reply"]; // what is said is on the button, not in a field
const ACTS_OF_REPORT = ["preview", "publish"]; // its other buttons need the server at once

let words = {};
let trying = 0;
let isWatching = false;
let isLeaving = false; // a form is on its way: this page no longer judges what became of it
const listeners = new Set();

/** Call `heard` when the queue or the contact has changed. */
export function onChange(heard) {
  listeners.add(heard);
}

export function say(name, facts = {}) {
  return Object.entries(facts).reduce((text, [place, value]) => text.replaceAll(`{${place}}`, value), words[name] ?? name);
}

/** Whether this browser can keep anything: a secure address, and not a private window. */
export function isAble() {
  return Boolean(globalThis.isSecureContext && navigator.serviceWorker && globalThis.caches && globalThis.indexedDB && crypto.subtle);
}

// At once: whoever presses before all is known here must not lose what is written. After forms.js, which has asked its
// question and given the key.
if (isAble() && localStorageHas()) {
  document.addEventListener("submit", submitted, true);
  document.addEventListener("submit", signingOut, true);
}

export const ready = begin();

async function begin() {
  const language = document.documentElement.lang || "sv";
  words = await fetch(`/offline/words/${language}/`).then((answer) => answer.json()).catch(() => ({}));
  if (!isAble()) return;
  if (!await isKeeping() && !await store.exists()) return;
  if (await isKeeping()) watch();
  await settle(true);
  await restore();
  await show();
  addEventListener("online", () => contact());
  document.addEventListener("visibilitychange", () => document.hidden || contact());
  contact();
}

// Once on each page: as soon as it is known that the device keeps for whoever is here.
function watch() {
  if (isWatching) return;
  isWatching = true;
  navigator.serviceWorker.register("/sw.js").catch(() => {}); // without it the queue works all the same
  lookForRoom();
}

/** Whether this device keeps for the function that has its key here: chosen for it, and not only lent its key to send. */
export async function isKeeping() {
  return localStorageHas() && await store.exists() && localStorage.getItem("offline") === await store.fact("owner");
}

export function localStorageHas() {
  try {
    return Boolean(localStorage.getItem("offline"));
  } catch {
    return false; // storage is switched off in this browser
  }
}

// Contact ---------------------------------------------------------------------------------------------------------

/** Ask the server who is here, send what waits, keep pages anew; says nothing where there is no line. */
export async function contact() {
  clearTimeout(trying);
  if (!navigator.locks) return alone();
  await navigator.locks.request("gemensam-offline", { ifAvailable: true }, (lock) => lock && alone());
  await show();
}

async function alone() {
  const told = await askState();
  if (told === "signed out") await store.setFact("signed_out", true);
  if (typeof told === "string") return later(told);
  await store.dropFact("signed_out");
  if (!await recognised(told)) return;
  await measure(told);
  await settle(false);
  if (await sendAll()) later("busy");
  await keepPages(told);
}

function later(why) {
  if (why === "no line" || why === "busy") trying = setTimeout(contact, TRY_AGAIN);
}

async function askState() {
  try {
    const answer = await send("/offline/state/", { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(LINE_PATIENCE * 3) });
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return "signed out";
    return answer.ok ? { ...await answer.json(), heard_at: Date.now() } : "busy";
  } catch {
    return "no line";
  }
}

// The function that is here now: with its key where the device keeps for it, or where something of its own waits.
async function recognised(told) {
  const owner = await store.fact("owner");
  if (owner && owner !== told.owner) await store.lock();
  const isChosen = localStorage.getItem("offline") === told.owner;
  if (!isChosen && !await store.hasFor(told.owner)) return false;
  await store.unlock(told.owner, told.keys);
  if (isChosen) watch();
  if (await store.fact("rights") !== told.rights) await store.forgetPages(); // what may no longer be read is not left
  await store.setFact("rights", told.rights);
  return true;
}

// How much the device's clock is ahead of the server's (ms), and the server's time at this contact.
async function measure(told) {
  await store.setFact("ahead", told.heard_at - told.now);
  await store.setFact("seen_at", told.now);
}

async function keepPages(told) {
  if (localStorage.getItem("offline") !== told.owner) return;
  const at = await store.fact("kept_at") ?? 0;
  if (Math.abs(Date.now() - at) < KEEP_ANEW_AFTER && await hasPages(told.owner)) return;
  const worker = (await navigator.serviceWorker.ready).active;
  worker?.postMessage({ keep: told.keep });
  await store.setFact("kept_at", Date.now());
}

async function hasPages(owner) {
  return (await (await caches.open(`pages-${owner}`)).keys()).length > 0;
}

// Sending ---------------------------------------------------------------------------------------------------------

// Sends what waits, in the order in which it was written. Whether something is left that a later try may send.
async function sendAll() {
  const waiting = (await store.items()).filter((each) => each.state === "waiting");
  if (!waiting.length) return false;
  const rebased = await store.fact("rebased") ?? {};
  let sent = 0;
  for (const item of waiting) {
    const outcome = await sendOne(item, rebased);
    if (outcome === "later") return told(sent, true);
    if (outcome === "sent") sent += 1;
    await store.setFact("rebased", rebased);
  }
  return told(sent, false);
}

function told(sent, isLeft) {
  if (sent) tell(sent === 1 ? say("sentOne") : say("sent", { n: sent }), "success");
  return isLeft;
}

async function sendOne(item, rebased) {
  await store.note({ ...item, state: "sending" });
  let answer;
  try {
    answer = await send(item.action, { method: "POST", body: await bodyOf(item, rebased), redirect: "manual", headers: { "X-Waited": "1" } });
  } catch {
    await store.note({ ...item, state: "sending", why: "unsure" }); // it may have arrived: asked for before a new try
    return "later";
  }
  return judged(item, answer, rebased);
}

async function bodyOf(item, rebased) {
  const body = new URLSearchParams(item.fields.filter(([name]) => name !== "key"));
  if (rebased[item.base + body.get("seen")]) body.set("seen", rebased[item.base + body.get("seen")]);
  body.set("key", item.key);
  body.set("waited_written_at", item.written_at);
  body.set("waited_sent_at", Date.now());
  body.set("waited_ahead", item.ahead ?? "");
  body.set("waited_seen_at", item.seen_at ?? "");
  return body;
}

async function judged(item, answer, rebased) {
  if (answer.type === "opaqueredirect" || answer.status === 401) return waits(item, "signedOut");
  const text = await answer.text();
  const receipt = dataIn(text);
  if (receipt.written) return arrived(item, receipt, rebased);
  const page = new DOMParser().parseFromString(text, "text/html");
  const code = page.querySelector("[data-code]")?.dataset.code ?? "";
  if (code === "csrf" || answer.status === 429 || answer.status >= 500) return waits(item, "busy");
  const known = await askArrived([item.key]);
  if (known?.[item.key]) return arrived(item, known[item.key], rebased);
  // A page with the form in it shows what stands now beside what was written, or the readers anew.
  const isMoved = (answer.status === 409 || answer.status === 200) && page.querySelector("form[data-offline]");
  await store.note({ ...item, state: "asks", why: isMoved ? "moved" : "refused", told: receipt.words || wordsOf(page) });
  return "asks";
}

async function waits(item, why) {
  await store.note({ ...item, state: "waiting", why });
  return "later";
}

function dataIn(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function wordsOf(page) {
  const parts = [...page.querySelectorAll("[role=alert] p, [role=alert] li")];
  if (parts.length) return parts.map((each) => each.textContent.trim()).join(" ");
  return page.querySelector("[role=alert], h1")?.textContent.trim() ?? "";
}

// Written: what was written after it on this device goes on from it, and is no conflict with it.
async function arrived(item, receipt, rebased) {
  const before = new URLSearchParams(item.fields).get("seen") ?? "";
  rebased[item.base + before] = before.includes(" ") || item.kind !== "word" ? `${receipt.subject} ${receipt.digest}` : receipt.digest;
  const isNoted = await store.note({ ...item, fields: [], state: "sent", url: receipt.url, sent_at: Date.now() });
  if (!isNoted) await store.remove(item.key); // no room to show that it was sent; it never waits again
  return "sent";
}

async function askArrived(keys) {
  try {
    const answer = await send("/offline/arrived/", { method: "POST", body: JSON.stringify({ keys }), headers: { "Content-Type": "application/json" }, redirect: "manual" });
    return answer.ok ? (await answer.json()).arrived : null;
  } catch {
    return null;
  }
}

// What was on its way when the page was left, and of which no answer is known: it has arrived, or its form is here
// again with what was wrong, or it waits.
async function settle(isOpened) {
  const all = await store.items();
  for (const each of all.filter((item) => item.state === "sent" && Date.now() - item.sent_at > SENT_SHOWN_FOR)) await store.remove(each.key);
  const isOld = (item) => isOpened || Math.abs(Date.now() - item.written_at) > 2 * TRY_AGAIN;
  const unsure = all.filter((item) => item.state === "sending" && (!item.silent || isOld(item)));
  if (!unsure.length || isLeaving) return;
  const known = await askArrived(unsure.map((item) => item.key));
  if (!known) {
    // No line: it is shown as waiting. Should it have arrived, it is known by its key.
    if (isKept()) for (const item of unsure) await store.note({ ...item, state: "waiting", silent: false, why: "unsure" });
    return;
  }
  const rebased = await store.fact("rebased") ?? {};
  for (const item of unsure) {
    if (known[item.key]) await (item.silent ? store.remove(item.key) : arrived(item, known[item.key], rebased));
    else if (item.silent && hasFormOf(item) && !isKept()) await store.remove(item.key);
    else await store.note({ ...item, state: "waiting", silent: false, why: "unsure" });
  }
  await store.setFact("rebased", rebased);
}

function hasFormOf(item) {
  return [...document.querySelectorAll("form[data-offline]")].some((form) => new URL(form.action).pathname === item.action);
}

/** Whether the page that is shown is one that the device had kept. */
export function isKept() {
  return "keptAt" in document.documentElement.dataset;
}

// Forms -----------------------------------------------------------------------------------------------------------

// Told before anything is written, not after.
async function lookForRoom() {
  if (!document.querySelector("form[data-offline]") || await store.hasRoom()) return;
  showNotice(say("full"), "warning", "offline-full");
}

function submitted(event) {
  const form = event.target;
  if (!form.matches("form[data-offline]") || event.defaultPrevented) return;
  if (form.dataset.offlineGo) {
    delete form.dataset.offlineGo;
    return;
  }
  event.preventDefault();
  decide(form, event.submitter);
}

async function decide(form, submitter) {
  await ready;
  if (!await isKeeping()) return goes(form, submitter);
  const item = await itemOf(form, submitter);
  const before = (await store.items()).find((each) => each.key === item.key && !each.silent);
  if (before) return changes(form, submitter, { item, before });
  // Before anything else: whoever leaves the page while the line is tried loses nothing.
  const isLast = item.kind !== "report" || submitter?.value === "publish";
  if (isLast) await store.note({ ...item, state: "sending", why: "unsure", silent: true });
  return await hasLine() ? goes(form, submitter) : stays(form, submitter, item);
}

// What waits already is written otherwise, or decided upon: it goes the same way again, at the time when it was written.
async function changes(form, submitter, { item, before }) {
  if (submitter?.value === "edit") return goes(form, submitter);
  if (submitter?.value === "discard") {
    await store.remove(item.key);
    return goes(form, submitter);
  }
  const { written_at, first_at, ahead, seen_at, page } = before;
  await stays(form, submitter, { ...item, written_at, first_at, ahead, seen_at, page }, false);
  await contact();
  const after = (await store.items()).find((each) => each.key === item.key);
  location.assign(after?.state === "sent" && after.url ? after.url : `/offline/#${item.key}`);
  return undefined;
}

async function hasLine() {
  try {
    return (await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(LINE_PATIENCE) })).ok;
  } catch {
    return false;
  }
}

// There is a line: the browser sends the form itself.
function goes(form, submitter) {
  isLeaving = true;
  form.dataset.offlineGo = "1";
  form.requestSubmit(submitter ?? undefined);
}

async function stays(form, submitter, item, leads = true) {
  if (item.kind === "report" && submitter && !ACTS_OF_REPORT.includes(submitter.value)) return tell(say("noLineHere"), "warning");
  const hasFiles = [...form.querySelectorAll('input[type="file"]')].some((field) => field.files.length);
  if (hasFiles && !await ask(say("filesLeft"), say("yes"))) return undefined;
  try {
    await store.put({ ...item, state: "waiting", why: "noLine" });
  } catch (fault) {
    return tell(say(store.isFull(fault) ? "fullNow" : "noLineHere"), "danger");
  }
  forgetDraft(form);
  if (leads) location.assign(`/offline/#${item.key}`);
  return undefined;
}

async function itemOf(form, submitter) {
  const data = new FormData(form, submitter);
  if (form.dataset.offline === "report") data.set("act", "publish");
  const fields = [...data].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
  const key = data.get("key") || newKey();
  const kind = form.dataset.offline;
  const pressed = SAID_BY_BUTTON.includes(kind) ? submitter?.textContent.trim().replace(/\s+/g, " ") : "";
  return {
    key, kind, fields,
    action: new URL(form.action).pathname,
    base: new URL(form.action).pathname.replace(/quick\/$/, ""), // quick answers and reports follow each other
    page: location.pathname + location.search,
    title: [document.querySelector("h1")?.textContent.trim(), pressed].filter(Boolean).join(" · "),
    space: document.querySelector(".space-title")?.textContent.trim() ?? "",
    lines: linesOf(form),
    written_at: Date.now(),
    first_at: Date.now(),
    ahead: await store.fact("ahead") ?? null,
    seen_at: await store.fact("seen_at") ?? null,
  };
}

// The first words of what is written, so that one knows it again in the list.
function linesOf(form) {
  const fields = [...form.querySelectorAll("textarea, input[type=text], input:not([type])")].filter((field) => field.value !== field.defaultValue);
  const written = fields.map((field) => field.value.trim()).filter(Boolean);
  return written.join(" · ").slice(0, 200);
}

function forgetDraft(form) {
  const url = form.dataset.draftUrl;
  if (url) localStorage.removeItem(`draft:${document.body.dataset.who ?? ""}:${url}`);
}

// Opened from the list of what waits: the form holds what was written, and what it was written on. The page that shows
// both holds it already.
async function restore() {
  const key = /^#queued=(.+)$/.exec(location.hash)?.[1];
  const deciding = sessionStorage.getItem("offline-deciding");
  const item = (key || deciding) && (await store.items()).find((each) => each.key === (key || deciding));
  const forms = item ? [...document.querySelectorAll("form[data-offline]")].filter((each) => new URL(each.action).pathname === item.action) : [];
  if (!forms.length) return sessionStorage.removeItem("offline-deciding");
  for (const form of forms) hiddenField(form, "key").value = item.key;
  if (key) await refill(forms[0], item);
  return undefined;
}

async function refill(form, item) {
  const { write } = await import("./drafts.js");
  const values = new URLSearchParams(item.fields);
  write(form, values);
  if (values.has("seen")) hiddenField(form, "seen").value = values.get("seen");
  showNotice(say("editing", { time: clock(item.first_at) }), "info", "offline-editing");
}

function hiddenField(form, name) {
  const found = form.elements.namedItem(name);
  if (found) return found;
  const made = Object.assign(document.createElement("input"), { type: "hidden", name });
  form.append(made);
  return made;
}

// Signing out -----------------------------------------------------------------------------------------------------

async function signingOut(event) {
  const form = event.target;
  if (!form.matches('[action$="/accounts/logout/"]') || event.defaultPrevented || form.dataset.offlineGo) return;
  event.preventDefault();
  event.stopImmediatePropagation(); // drafts are forgotten when one leaves, not when one is asked
  await ready;
  const waiting = (await store.items()).filter((each) => each.state !== "sent").length;
  if (waiting && !await ask(say("leaveWaiting", { n: waiting }), say("signOut"))) return;
  for (const each of await store.items()) if (each.state === "sent") await store.remove(each.key);
  await store.lock();
  delete form.dataset.sending;
  form.dataset.offlineGo = "1";
  form.requestSubmit();
}

/** Ask in a dialog; whether it was answered with yes. */
export function ask(question, yes) {
  const dialog = document.getElementById("confirm").content.firstElementChild.cloneNode(true);
  dialog.querySelector("h2").textContent = document.getElementById("words").dataset.confirmTitle;
  dialog.querySelector("p").textContent = question;
  dialog.querySelector('[value="no"]').textContent = say("no");
  dialog.querySelector('[value="yes"]').textContent = yes;
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

// Telling ---------------------------------------------------------------------------------------------------------

async function show() {
  for (const heard of listeners) heard();
  const all = await store.exists() ? await store.items() : [];
  const waiting = all.filter((each) => each.state === "waiting" || (each.state === "sending" && !each.silent)).length;
  const asks = all.filter((each) => each.state === "asks").length;
  const signedOut = await store.exists() && await store.fact("signed_out") && !isKept();
  const locked = !waiting && !asks && await store.exists() && await store.hasLocked();
  const toSignIn = location.pathname.startsWith("/accounts/") ? null : ["/accounts/login/", say("toSignIn")];
  if (signedOut && (waiting || asks)) return showNotice(say("signIn"), "warning", "offline-state", toSignIn);
  if (asks) return showNotice(asks === 1 ? say("asksOne") : say("asks", { n: asks }), "warning", "offline-state", queueLink());
  if (waiting) return showNotice(waiting === 1 ? say("waitingOne") : say("waiting", { n: waiting }), "info", "offline-state", queueLink());
  if (locked) return showNotice(say("locked"), "info", "offline-state");
  document.getElementById("offline-state")?.remove();
  return showClock();
}

async function showClock() {
  const ahead = await store.exists() ? await store.fact("ahead") ?? 0 : 0;
  if (Math.abs(ahead) < CLOCK_WORTH_TELLING || !document.querySelector("form[data-offline]")) return;
  showNotice(say(ahead > 0 ? "clockAhead" : "clockBehind", { length: length(ahead) }), "warning", "offline-clock");
}

function queueLink() {
  return location.pathname === "/offline/" ? null : ["/offline/", say("showQueue")];
}

function showNotice(text, kind, id, link = null) {
  const notice = document.getElementById(id) ?? Object.assign(document.createElement("div"), { id });
  const said = text + (link ? ` ${link[1]}` : "");
  if (notice.textContent === said) return;
  notice.className = `notice ${kind} no-print`;
  notice.setAttribute("role", "status");
  notice.textContent = text;
  if (link) notice.append(" ", Object.assign(document.createElement("a"), { href: link[0], textContent: link[1] }));
  if (!notice.isConnected) document.getElementById("notices").after(notice);
}

export function length(milliseconds) {
  const minutes = Math.round(Math.abs(milliseconds) / 60_000);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Local time in Stockholm, with the day when it is not today. */
export function clock(at) {
  const language = document.documentElement.lang || "sv";
  const region = language === "sv" ? "sv-SE" : "en-GB";
  const zone = { timeZone: "Europe/Stockholm" };
  const time = new Intl.DateTimeFormat(region, { ...zone, hour: "2-digit", minute: "2-digit" }).format(at);
  const day = new Intl.DateTimeFormat(region, { ...zone, day: "numeric", month: "short" });
  const there = language === "sv" ? time.replace(":", ".") : time;
  return day.format(at) === day.format(Date.now()) ? there : `${day.format(at)} ${there}`;
}
