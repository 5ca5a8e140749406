// The service worker: pages of the one function that this device keeps for, read again when there is no contact.
//
// Network first. A page is kept only where the server says so (X-Keep), and for whom (X-Reader); an answer for another
// reader makes the device forget at once. Style sheets and scripts have their hash in the name: what is here is right.
const SETUP = /*SETUP*/ {};
const SHELL = `shell-${SETUP.version}`;
const PATIENCE = 4_000; // after this a kept page is better than none
const PAGES_KEPT = 80;
const GONE = [403, 404, 410];

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === "navigate" && request.method === "POST") event.respondWith(sent(request));
  else if (request.method !== "GET") return;
  else if (url.pathname.startsWith("/static/")) event.respondWith(asset(request));
  else if (url.pathname.startsWith("/offline/words/")) event.respondWith(said(url));
  else if (request.mode === "navigate") event.respondWith(page(event));
});

// Pages that are wanted before anybody has looked at them, one after the other: a slow line has other things to do.
self.addEventListener("message", (event) => {
  if (event.data?.keep) event.waitUntil(keepAll(event.data.keep));
});

self.addEventListener("push", (event) => event.waitUntil(notify(event.data)));
self.addEventListener("notificationclick", (event) => event.waitUntil(pressed(event)));

async function keepAll(paths) {
  const owner = await fact("owner");
  for (const path of paths) {
    const request = new Request(path, { credentials: "same-origin", cache: "no-cache" });
    if (owner) await fetch(request).then((answer) => taken(request, answer, owner)).catch(() => {});
  }
  for (const client of await self.clients.matchAll()) client.postMessage({ kept: true });
}

async function install() {
  const cache = await caches.open(SHELL);
  await cache.addAll(SETUP.shell);
  const bare = await fetch("/offline/", { credentials: "omit", cache: "no-store" });
  if (bare.ok) await cache.put("/offline/", bare);
  await self.skipWaiting();
}

async function activate() {
  const old = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== SHELL);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function asset(request) {
  const cache = await caches.open(SHELL);
  const found = await cache.match(request, { ignoreVary: true });
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) cache.put(request, answer.clone()).catch(() => {}); // no room: it is fetched again
  return answer;
}

function said(url) {
  const words = SETUP.words[url.pathname.split("/")[3]] ?? {};
  return new Response(JSON.stringify(words), { headers: { "Content-Type": "application/json" } });
}

// A form that the browser sends by itself while the line goes: it has been put into the queue before it was sent.
async function sent(request) {
  try {
    return await fetch(request);
  } catch {
    return Response.redirect("/offline/?lost=1", 303);
  }
}

// Pages -----------------------------------------------------------------------------------------------------------

async function page(event) {
  const { request } = event;
  const owner = await fact("owner");
  const kept = owner ? await (await caches.open(`pages-${owner}`)).match(request.url.split("#")[0], { ignoreVary: true }) : undefined;
  const coming = fetch(request).then((answer) => taken(request, answer, owner));
  if (!kept) return coming.catch(() => nothingKept(request));
  event.waitUntil(coming.catch(() => {}));
  const slow = new Promise((resolve) => { setTimeout(resolve, PATIENCE, "slow"); });
  const first = await Promise.race([coming.catch(() => "cut"), slow]);
  return typeof first === "string" ? aged(kept, first === "slow" ? "keptSlow" : "keptPage") : first;
}

async function taken(request, answer, owner) {
  const reader = answer.headers.get("X-Reader");
  if (owner && reader && reader !== owner) await lock();
  else if (owner && answer.ok && !answer.redirected && answer.headers.get("X-Keep")) await keep(request, answer.clone(), owner);
  else if (owner && GONE.includes(answer.status)) await (await caches.open(`pages-${owner}`)).delete(request.url.split("#")[0], { ignoreVary: true });
  return answer;
}

async function keep(request, answer, owner) {
  const headers = new Headers({ "Content-Type": "text/html; charset=utf-8" });
  headers.set("X-Kept-At", String(Date.parse(answer.headers.get("Date")) || Date.now()));
  for (const name of ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"]) {
    if (answer.headers.get(name)) headers.set(name, answer.headers.get(name));
  }
  const cache = await caches.open(`pages-${owner}`);
  try {
    await cache.put(request.url.split("#")[0], new Response(await answer.text(), { headers }));
    const all = await cache.keys();
    await Promise.all(all.slice(0, Math.max(0, all.length - PAGES_KEPT)).map((old) => cache.delete(old)));
  } catch {
    // no room: pages are worth less than what waits to be sent
  }
}

async function aged(kept, which) {
  const text = await kept.text();
  const language = /<html lang="(\w+)"/.exec(text)?.[1] ?? "sv";
  const at = Number(kept.headers.get("X-Kept-At"));
  const words = SETUP.words[language][which].replace("{time}", told(at, language));
  const marked = text
    .replace("<html ", `<html data-kept-at="${at}" `)
    .replace(/<main[^>]*>/, (main) => `${main}<p class="notice warning kept-age" role="status">${escaped(words)}</p>`);
  return new Response(marked, { headers: kept.headers });
}

// What is not here is said on the page of what waits, which lists what is.
async function nothingKept(request) {
  const bare = await (await caches.open(SHELL)).match("/offline/", { ignoreVary: true });
  if (!bare) return Response.error();
  const text = await bare.text();
  const language = /<html lang="(\w+)"/.exec(text)?.[1] ?? "sv";
  const isQueue = new URL(request.url).pathname === "/offline/";
  const notice = isQueue ? "" : `<p class="notice warning" role="status">${escaped(SETUP.words[language].notKept)}</p>`;
  const marked = text.replace("<html ", "<html data-kept-at=\"0\" ").replace(/<main[^>]*>/, (main) => main + notice);
  return new Response(marked, { headers: bare.headers });
}

function escaped(text) {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

// Local time in Stockholm, with the day when it is not today.
function told(at, language) {
  const region = language === "sv" ? "sv-SE" : "en-GB";
  const zone = { timeZone: "Europe/Stockholm" };
  const day = new Intl.DateTimeFormat(region, { ...zone, day: "numeric", month: "long" });
  const clock = new Intl.DateTimeFormat(region, { ...zone, hour: "2-digit", minute: "2-digit" }).format(at);
  const time = language === "sv" ? clock.replace(":", ".") : clock;
  return day.format(at) === day.format(Date.now()) ? time : `${day.format(at)} ${time}`;
}

// Notifications -----------------------------------------------------------------------------------------------------
//
// What came is shown at once, whatever it is: a browser that is pushed to and shows nothing takes the subscription back.
// A button answers by the secret that came with the push, so that a session which has ended stops nobody.

async function notify(data) {
  const told = read(data);
  await self.registration.showNotification(told.title ?? SETUP.words.sv.pushed, {
    body: told.body ?? "",
    tag: told.tag,
    renotify: Boolean(told.tag),
    requireInteraction: true,
    lang: "sv",
    actions: told.actions ?? [],
    data: { title: told.title, answer: told.answer, link: told.link },
  });
}

// What the server wrote, as far as it is what it should be.
function read(data) {
  let told = {};
  try {
    told = data.json();
  } catch {
    return told;
  }
  const texts = ["title", "body", "tag", "answer", "link"].filter((name) => typeof told?.[name] === "string");
  const actions = Array.isArray(told?.actions) ? told.actions : [];
  return { ...Object.fromEntries(texts.map((name) => [name, told[name]])), actions };
}

async function pressed({ action, notification }) {
  const { title, answer, link } = notification.data ?? {};
  notification.close();
  if (!action) return self.clients.openWindow(ours(link) ?? "/");
  if (await answered(answer, action)) {
    return self.registration.showNotification(title ?? SETUP.words.sv.pushed, { body: SETUP.words.sv.answered, tag: notification.tag, lang: "sv", silent: true });
  }
  await self.registration.showNotification(title ?? SETUP.words.sv.pushed, { body: SETUP.words.sv.notAnswered, tag: notification.tag, lang: "sv", data: notification.data, requireInteraction: true });
  return self.clients.openWindow(ours(link) ?? "/");
}

async function answered(path, word) {
  if (!path?.startsWith("/callbacks/push/")) return false;
  try {
    const answer = await fetch(path, { method: "POST", body: new URLSearchParams({ word }), credentials: "omit" });
    return answer.ok;
  } catch {
    return false;
  }
}

function ours(link) {
  if (!link) return null;
  const url = new URL(link, location.origin);
  return url.origin === location.origin ? url.href : null;
}

// Facts, as offline-store.js writes them ----------------------------------------------------------------------------

async function lock() {
  await Promise.all((await caches.keys()).filter((name) => name.startsWith("pages-")).map((name) => caches.delete(name)));
  const store = await facts("readwrite");
  for (const name of ["owner", "keys", "rights", "rebased"]) store?.delete(name);
}

async function fact(name) {
  const store = await facts("readonly");
  if (!store) return undefined;
  return new Promise((resolve) => {
    const request = store.get(name);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(undefined);
  });
}

function facts(mode) {
  return new Promise((resolve) => {
    const request = indexedDB.open("gemensam-offline");
    request.onupgradeneeded = () => request.transaction.abort(); // the device keeps nothing: nor is a store made
    request.onerror = () => resolve(null);
    request.onsuccess = () => {
      const transaction = request.result.transaction("facts", mode);
      transaction.oncomplete = transaction.onabort = () => request.result.close();
      resolve(transaction.objectStore("facts"));
    };
  });
}
