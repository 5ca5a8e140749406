// The time of print, at the foot of every printed page.
import { word } from "./words.js";

const sheet = new CSSStyleSheet();

window.addEventListener("beforeprint", () => {
  const time = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "short", timeZone: "Europe/Stockholm" }).format(new Date());
  const name = document.querySelector(".brand span")?.textContent ?? "";
  const text = JSON.stringify(`${name} · ${word("printed")} ${time}`);
  sheet.replaceSync(`@page { @bottom-left { content: ${text}; font: 9pt sans-serif; } }`);
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
});
