// Words for scripts, written by the server in the reader's language (components/_words.html).

export function word(name) {
  return document.getElementById("words")?.dataset[name] ?? name;
}

/** Told to those who listen to the page; shown as well when `shown` is a kind of notice. */
export function tell(text, shown = "") {
  const region = document.getElementById("live-region");
  if (region) region.textContent = text;
  if (shown) showNotice(text, shown);
}

export function clockNow() {
  const swedish = document.documentElement.lang !== "en";
  const text = new Intl.DateTimeFormat("sv-SE", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Stockholm" }).format(new Date());
  return swedish ? text.replace(":", ".") : text;
}

function showNotice(text, kind) {
  const notice = document.createElement("div");
  notice.className = `notice ${kind}`;
  notice.textContent = text;
  document.getElementById("notices")?.replaceChildren(notice);
  notice.scrollIntoView({ block: "nearest" });
}
