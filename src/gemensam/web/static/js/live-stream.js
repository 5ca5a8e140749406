// The stream of signals: opens it, notices when it falls silent, and opens it anew with growing, jittered pauses.
//
// Used by the shared worker for all tabs of a browser, and by the page itself where there is no shared worker.
// A cut cable gives no error for minutes: only the missing beat tells (a beat comes every 10 s).

const SILENT_AFTER = 20_000;
const LOOK_EVERY = 1_000;
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;
const PAUSE_WHEN_REFUSED = 60_000;

export class Stream {
  #address;
  #tell;
  #source = null;
  #cursor = "";
  #heardAt = 0;
  #attempts = 0;
  #waiting = 0;
  #looking = 0;
  state = "stopped"; // stopped, opening, open, cut, ended

  // `tell` gets {type: "open" | "beat" | "signal" | "cut" | "ended", …}.
  constructor(address, tell) {
    this.#address = address;
    this.#tell = tell;
  }

  get cursor() {
    return this.#cursor;
  }

  start() {
    if (this.state !== "stopped" && this.state !== "ended") return;
    this.state = "opening";
    this.#looking ||= setInterval(() => this.#look(), LOOK_EVERY);
    this.#open();
  }

  stop() {
    this.#close();
    clearInterval(this.#looking);
    this.#looking = 0;
    this.state = "stopped";
  }

  // There is reason to believe that the line is back: do not wait for the pause to end.
  tryNow() {
    if (this.state === "ended") this.start();
    else if (this.state === "cut") this.#open();
  }

  #open() {
    this.#close();
    this.#heardAt = Date.now();
    const after = this.#cursor ? `?after=${encodeURIComponent(this.#cursor)}` : "";
    const source = new EventSource(this.#address + after);
    this.#source = source;
    source.addEventListener("beat", (event) => this.#heard(source, event));
    source.addEventListener("signal", (event) => this.#heard(source, event));
    source.addEventListener("end", (event) => this.#told(source, JSON.parse(event.data).reason));
    source.addEventListener("error", () => this.#failed(source));
  }

  #close() {
    clearTimeout(this.#waiting);
    this.#waiting = 0;
    this.#source?.close();
    this.#source = null;
  }

  #heard(source, event) {
    if (source !== this.#source) return;
    this.#heardAt = Date.now();
    if (event.lastEventId) this.#cursor = event.lastEventId;
    if (this.state !== "open") {
      this.state = "open";
      this.#attempts = 0;
      this.#tell({ type: "open", cursor: this.#cursor });
    }
    const said = event.type === "signal" ? JSON.parse(event.data) : {};
    this.#tell({ type: event.type, ...said });
  }

  #told(source, reason) {
    if (source !== this.#source) return;
    if (reason === "closing") this.#cut();
    else this.#end();
  }

  // An answer that is not a stream closes the source for good; an ordinary cut it would mend itself, but without jitter.
  async #failed(source) {
    if (source !== this.#source) return;
    const refused = source.readyState === EventSource.CLOSED;
    this.#cut();
    if (!refused) return;
    const status = await fetch(this.#address, { method: "HEAD", cache: "no-store" }).then((answer) => answer.status, () => 0);
    if (this.state !== "cut") return;
    if (status === 401) this.#end();
    if (status === 429) this.#openAfter(PAUSE_WHEN_REFUSED);
  }

  #look() {
    if ((this.state === "open" || this.#source) && Date.now() - this.#heardAt > SILENT_AFTER) this.#cut();
  }

  #cut() {
    this.#close();
    this.state = "cut";
    this.#tell({ type: "cut" });
    this.#openAfter(Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.#attempts));
    this.#attempts += 1;
  }

  #openAfter(pause) {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#open(), pause * (0.5 + Math.random()));
  }

  #end() {
    this.stop();
    this.state = "ended";
    this.#cursor = "";
    this.#tell({ type: "ended" });
  }
}
