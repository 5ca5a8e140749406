// The page of what waits: what, since when and why; to change, decide or remove; choosing and wiping the device.
import { addToken, send } from "./csrf.js";
import { ask, clock, contact, isAble, isKeeping, length, localStorageHas, onChange, ready, say } from "./offline.js";
import * as store from "./offline-store.js";
import { tell } from "./words.js";

const CLOCK_WORTH_TELLING = 60_000;
const TITLE = /<title>([^<]*)<\/title>/;
const find = (name) => document.querySelector(`[data-${name}]`);

find("send-now").addEventListener("click", () => contact());
find("wipe").addEventListener("click", wipe);
find("keep-device").addEventListener("submit", choose);
await ready;
onChange(draw);
await draw();
if (new URLSearchParams(location.search).has("lost")) tell(say("lost"), "warning");
navigator.serviceWorker?.addEventListener("message", drawPages);
if (location.hash.length > 1) document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: "center" });

async function draw() {
  const isHere = isAble() && await store.exists();
  const items = isHere ? await store.items() : [];
  const left = items.filter((each) => each.state !== "sent" && !each.silent);
  find("count").textContent = left.length;
  find("count").hidden = !left.length;
  find("queue").replaceChildren(...items.filter((each) => !each.silent).map(lineOf));
  find("no-queue").textContent = left.length ? "" : say("nothingWaits");
  find("send-now").hidden = !left.length;
  await drawDevice(isHere);
  await drawPages();
}

function element(name, text, attributes = {}) {
  return Object.assign(document.createElement(name), { textContent: text }, attributes);
}

function button(text, act, kind = "btn-outline-primary") {
  const made = element("button", text, { type: "button", className: `btn btn-sm ${kind}` });
  made.addEventListener("click", act);
  return made;
}

// A line of the queue ---------------------------------------------------------------------------------------------

function lineOf(item) {
  const line = element("li", "", { id: item.key });
  line.append(element("strong", item.title), element("p", item.lines, { className: "written" }));
  line.append(element("p", [say("inSpace", { space: item.space }), writtenAt(item)].join(" · "), { className: "muted" }));
  line.append(element("p", reasonOf(item), { className: item.state === "asks" ? "error" : "muted" }), actsOn(item));
  return line;
}

function writtenAt(item) {
  const ahead = item.ahead ?? 0;
  if (Math.abs(ahead) < CLOCK_WORTH_TELLING) return say("writtenAt", { time: clock(item.written_at) });
  return say("writtenShowed", { time: clock(item.written_at - ahead), shown: clock(item.written_at) });
}

function reasonOf(item) {
  if (item.state === "sent") return say("sentAt", { time: clock(item.sent_at) });
  if (item.state === "asks") return item.why === "moved" ? say("moved") : say("refused", { words: item.told });
  return say(item.why ?? "noLine");
}

function actsOn(item) {
  const acts = element("p", "", { className: "cluster no-print" });
  if (item.state === "sent") {
    if (item.url) acts.append(element("a", say("open"), { href: item.url, className: "btn btn-sm btn-outline-primary" }));
    acts.append(button(say("remove"), () => remove(item, false), "btn-outline-secondary"));
    return acts;
  }
  if (item.state === "asks" && item.why === "moved") acts.append(button(say("seeBoth"), () => seeBoth(item), "btn-primary"));
  if (canChange(item)) acts.append(element("a", say("edit"), { href: `${item.page.split("#")[0]}#queued=${item.key}`, className: "btn btn-sm btn-outline-primary" }));
  if (item.state === "asks") acts.append(button(say("again"), () => again(item)));
  acts.append(button(say("remove"), () => remove(item, true), "btn-outline-danger"));
  for (const act of acts.children) act.setAttribute("aria-label", `${act.textContent}: ${item.title}, ${clock(item.written_at)}`);
  return acts;
}

// What is said by a button alone has nothing to change.
function canChange(item) {
  return item.kind === "report" || item.kind === "statement" || item.kind === "contact";
}

async function again(item) {
  await store.put({ ...item, state: "waiting", why: "noLine" });
  await contact();
  await draw();
}

async function remove(item, isAsked) {
  if (isAsked && !await ask(say("removeSure"), say("remove"))) return;
  await store.remove(item.key);
  await draw();
}

// The server draws what stands now beside what was written, in a page of its own.
function seeBoth(item) {
  const form = element("form", "", { method: "post", action: item.action });
  for (const [name, value] of item.fields) form.append(element("input", "", { type: "hidden", name, value }));
  sessionStorage.setItem("offline-deciding", item.key);
  document.body.append(form);
  addToken(form);
  form.submit();
}

// The device ------------------------------------------------------------------------------------------------------

async function drawDevice(isHere) {
  const isOn = isHere && await isKeeping();
  const isOthers = !isOn && localStorageHas();
  find("keeps").textContent = say(!isAble() ? "cannot" : isOn ? "keeps" : isOthers ? "keepsOther" : "keepsNothing");
  find("keep-device").hidden = !isAble() || isOn || !document.body.dataset.who;
  find("wipe").hidden = !isHere && !localStorageHas();
  const ahead = isHere ? await store.fact("ahead") : undefined;
  find("clock").textContent = isOn ? clockWords(ahead) : "";
  const room = isOn ? await navigator.storage?.estimate?.() : null;
  find("room").textContent = room ? say("room", { used: megabytes(room.usage), all: megabytes(room.quota) }) : "";
}

function clockWords(ahead) {
  if (ahead === undefined) return say("offsetUnknown");
  if (Math.abs(ahead) < CLOCK_WORTH_TELLING) return say("offset");
  return say(ahead > 0 ? "clockAhead" : "clockBehind", { length: length(ahead) });
}

function megabytes(bytes) {
  return (bytes / 1_000_000).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 });
}

async function choose(event) {
  event.preventDefault();
  const form = event.target;
  delete form.dataset.sending;
  await ready;
  const answer = await send(form.action, { method: "POST", body: new URLSearchParams({ own: "yes" }) }).catch(() => null);
  if (!answer?.ok) return tell(say("failed"), "danger");
  const { owner } = await answer.json();
  localStorage.setItem("offline", owner);
  await navigator.serviceWorker.register("/sw.js");
  await navigator.storage?.persist?.();
  await contact();
  await draw();
  return undefined;
}

async function wipe() {
  await ready;
  const isHere = isAble() && await store.exists();
  const left = isHere ? (await store.items()).filter((each) => each.state !== "sent").length : 0;
  const isLocked = isHere && await store.hasLocked();
  const questions = [say("wipeSure"), left ? say("wipeWaiting", { n: left }) : "", isLocked ? say("wipeLocked") : ""];
  if ((left || isLocked) && !await ask(questions.filter(Boolean).join(" "), say("wipe"))) return;
  await store.wipe();
  for (const key of Object.keys(localStorage)) if (key === "offline" || key.startsWith("draft:")) localStorage.removeItem(key);
  document.cookie = "gemensam_keeps=; Max-Age=0; Path=/; SameSite=Lax";
  document.getElementById("offline-state")?.remove();
  await draw();
  tell(say("wiped"), "success");
}

// Pages -----------------------------------------------------------------------------------------------------------

async function drawPages() {
  const owner = isAble() && await store.exists() ? await store.fact("owner") : "";
  const cache = owner ? await caches.open(`pages-${owner}`) : null;
  const lines = await Promise.all((cache ? await cache.keys() : []).filter((request) => new URL(request.url).pathname !== location.pathname).map((request) => pageLine(cache, request)));
  find("pages").replaceChildren(...lines.sort((one, other) => other.at - one.at).map((each) => each.line));
  find("no-pages").textContent = lines.length ? "" : say("noPages");
}

async function pageLine(cache, request) {
  const kept = await cache.match(request, { ignoreVary: true });
  const at = Number(kept.headers.get("X-Kept-At"));
  const title = new DOMParser().parseFromString(TITLE.exec(await kept.text())?.[0] ?? "", "text/html").title.split(" · ");
  const line = element("li", "");
  const url = new URL(request.url);
  const words = title.filter((part) => !/^(DEMONSTRATION|ÖVNING|EXERCISE)$/.test(part)).slice(0, 2).join(" · ");
  line.append(element("a", words || url.pathname, { href: url.pathname + url.search }), element("span", ` ${say("pageFrom", { time: clock(at) })}`, { className: "muted" }));
  return { at, line };
}
