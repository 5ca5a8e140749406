// Says in words how old the page is when the line is cut, that it is back, or that the sign-in has ended.
//
// The words stand in the page, on the element `data-live-age`: data-text-cut, data-text-back, data-text-ended, with
// {age} ("för 2 minuter sedan") and {time} in them. <html data-line> is open, cut or ended.

import { keepReadingPlace } from "./reading-place.js";

const SILENT_AFTER = 20_000;
const SAY_BACK_FOR = 60_000;

const language = document.documentElement.lang || "sv";
const ages = new Intl.RelativeTimeFormat(language, { numeric: "always" });
const zone = { timeZone: "Europe/Stockholm" };
const region = language === "sv" ? "sv-SE" : "en-GB";
const clock = new Intl.DateTimeFormat(region, { ...zone, hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(region, { ...zone, weekday: "short", day: "numeric", month: "short" });

// Local time in Stockholm, with the day when it is not today.
function told(moment) {
  const time = language === "sv" ? clock.format(moment).replace(":", ".") : clock.format(moment);
  return day.format(moment) === day.format(Date.now()) ? time : `${day.format(moment)} ${time}`;
}

export class Line {
  #place;
  #announce;
  #heardAt = Number(document.documentElement.dataset.keptAt) || Date.now(); // a page that the device had kept is older
  #seenAt = Date.now();
  #backUntil = 0;
  state = "opening"; // opening, open, cut, ended

  constructor(place, announce) {
    this.#place = place;
    this.#announce = announce;
    setInterval(() => this.#look(), 1_000);
    document.addEventListener("visibilitychange", () => { this.#seenAt = Date.now(); });
  }

  // Something came: the page is as new as this moment.
  heard() {
    this.#heardAt = Date.now();
  }

  open() {
    this.heard();
    this.#change("open");
  }

  cut() {
    if (this.state === "cut" || this.state === "ended") return;
    this.#change("cut");
    this.#announce(this.#words("Cut"));
  }

  ended() {
    if (this.state === "ended") return;
    this.#change("ended");
    this.#announce(this.#words("Ended"));
  }

  // The line is back and everything on the page has been fetched anew.
  back() {
    this.#backUntil = Date.now() + SAY_BACK_FOR;
    this.#announce(this.#words("Back"));
    this.#show();
  }

  // A page that has been hidden, or a computer that has slept, is given time to hear again before it calls the line cut.
  #look() {
    const silent = Date.now() - Math.max(this.#heardAt, this.#seenAt);
    if (silent > SILENT_AFTER && !document.hidden) this.cut();
    this.#show();
  }

  #change(state) {
    this.state = state;
    if (state !== "open") this.#backUntil = 0;
    document.documentElement.dataset.line = state;
    this.#show();
  }

  #show() {
    if (!this.#place) return;
    const words = this.#now();
    if (this.#place.textContent === words && this.#place.hidden === !words) return;
    // The words stand above the page and take their room from it: what is read or written there must not move.
    keepReadingPlace(document.querySelectorAll("main"), () => {
      this.#place.textContent = words;
      this.#place.hidden = !words;
    });
  }

  #now() {
    if (this.state === "cut") return this.#words("Cut");
    if (this.state === "ended") return this.#words("Ended");
    return Date.now() < this.#backUntil ? this.#words("Back") : this.#words("Open");
  }

  #words(which) {
    const text = this.#place?.dataset[`text${which}`] ?? "";
    return text.replaceAll("{age}", this.#age()).replaceAll("{time}", told(this.#heardAt));
  }

  #age() {
    const seconds = Math.max(0, Math.floor((Date.now() - this.#heardAt) / 1_000));
    if (seconds < 10) return ages.format(-Math.max(1, seconds), "second");
    if (seconds < 60) return ages.format(-Math.floor(seconds / 10) * 10, "second");
    if (seconds < 3_600) return ages.format(-Math.floor(seconds / 60), "minute");
    return ages.format(-Math.floor(seconds / 3_600), "hour");
  }
}
