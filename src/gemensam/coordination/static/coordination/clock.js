// The big clock of a conference: the time now, by the second hand of this computer, in Stockholm's time.
const shown = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm", hour: "2-digit", minute: "2-digit", second: "2-digit" });
const separator = document.documentElement.lang === "sv" ? "." : ":";

function tick() {
  const text = shown.format(new Date()).replaceAll(":", separator);
  for (const place of document.querySelectorAll("[data-clock]")) place.textContent = text;
}

if (!document.querySelector(".historical")) {
  tick();
  setInterval(tick, 1_000);
}
