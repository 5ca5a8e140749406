// Keyboard shortcuts; the list is the dialog in components/_shortcuts.html.

const AFTER_G = { s: () => "/", b: () => placed("picture/"), r: () => placed("report/"), k: () => placed("conferences/"), l: () => placed("log/") };
let afterG = false;

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.target.form?.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target) || document.querySelector("dialog[open]")) return;
  const act = afterG ? gone(AFTER_G[event.key]) : ALONE[event.key];
  afterG = event.key === "g" && !afterG;
  if (act) {
    event.preventDefault();
    act();
  }
});

const ALONE = {
  "?": () => document.getElementById("shortcuts")?.showModal(),
  "/": search,
  t: () => document.querySelector("#moment > summary")?.click(),
};

function search() {
  const field = document.querySelector('input[type="search"]');
  if (field) field.focus();
  else follow(placed("search/"));
}

function isWriting(element) {
  return element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);
}

function placed(ending) {
  const links = document.querySelectorAll(".space-nav a");
  return Array.from(links, (link) => link.href).find((href) => new URL(href).pathname.endsWith(`/${ending}`));
}

function gone(where) {
  return where && (() => follow(where()));
}

function follow(address) {
  if (address) location.assign(address);
}
