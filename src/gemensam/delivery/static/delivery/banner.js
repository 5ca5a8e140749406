// Calls to the reader's function, on every page: fetched when the page opens, when it is looked at again, every ten
// seconds, and at once on the signals that call-outs give. What it says is drawn by the server for this reader.
const EVERY = 10_000;
const KINDS = ["callout.", "activation."];
const place = document.querySelector("[data-banner]");
let etag = "";
let isFetching = false;

async function look() {
  if (isFetching || document.hidden || !navigator.onLine) return;
  isFetching = true;
  try {
    const headers = { "X-Requested-With": "fetch", ...(etag ? { "If-None-Match": etag } : {}) };
    const answer = await fetch(place.dataset.banner, { headers, cache: "no-store", credentials: "same-origin" });
    if (answer.status === 200 && !answer.redirected) show(await answer.text(), answer.headers.get("ETag") ?? "");
  } catch {
    // the line: the page says so elsewhere, and the next look comes
  } finally {
    isFetching = false;
  }
}

// Unchanged words are left alone, so that nothing is read aloud twice.
function show(text, tag) {
  etag = tag;
  if (text.trim() === place.dataset.shown) return;
  place.dataset.shown = text.trim();
  place.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
  place.hidden = !place.querySelector("article");
}

if (place && !document.body.matches("[data-historical]")) {
  look();
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
  if (document.querySelector("[data-live]")) {
    const { onSignal } = await import("../js/live.js");
    for (const kind of KINDS) onSignal("*", kind, look);
  }
}
