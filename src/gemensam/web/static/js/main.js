// Loads what this page needs, and nothing else.
import "./forms.js";
import "./menus.js";
import "./keys.js";
import "./paper.js";

if (document.querySelector("[data-draft-url]") || localStorageHolds("draft:")) import("./drafts.js");
if (document.querySelector("[data-keep],[data-kept]")) import("./kept.js");
if (document.querySelector("time[data-age],time[data-until]")) import("./ages.js");
if (localStorageHolds("offline")) import("./offline.js");
if (document.querySelector("[data-live]")) import("./live.js");
if (document.querySelector("[hx-get],[hx-post],[hx-put],[hx-delete],[hx-trigger]")) loadHtmx();

function loadHtmx() {
  const script = document.createElement("script");
  script.src = document.querySelector('meta[name="htmx-src"]').content;
  document.head.append(script);
}

function localStorageHolds(prefix) {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith(prefix));
  } catch {
    return false; // storage is switched off in this browser
  }
}
