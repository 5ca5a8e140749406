// Drafts: saved on the server as one writes; what has not reached it is kept in this browser until it has.
import { send } from "./csrf.js";
import { newKey } from "./forms.js";
import { clockNow, tell, word } from "./words.js";

const WAIT = 1500;
const who = document.body.dataset.who ?? "";

forgetSent();
for (const form of document.querySelectorAll("form[data-draft-url]")) watch(form);

document.addEventListener("submit", (event) => {
  // Others may use this machine: nothing stays behind after signing out.
  if (event.target.action.endsWith("/accounts/logout/")) for (const key of keys()) localStorage.removeItem(key);
});

function watch(form) {
  nameWriter(form);
  const draft = { form, url: form.dataset.draftUrl, key: `draft:${who}:${form.dataset.draftUrl}`, timer: 0, served: read(form), state: stateOf(form) };
  offerKept(draft);
  form.addEventListener("input", () => changed(draft));
  form.addEventListener("change", () => changed(draft));
  form.addEventListener("submit", () => sending(draft));
  document.addEventListener("visibilitychange", () => document.hidden && draft.timer && save(draft));
}

function changed(draft) {
  // A mark that asks whether the text belongs here at all: nothing is kept anywhere until that is answered.
  if (draft.form.querySelector("option[data-stop]:checked")) {
    clearTimeout(draft.timer);
    draft.timer = 0;
    localStorage.removeItem(draft.key);
    draft.state.textContent = word("draftStopped");
    return;
  }
  keep(draft);
  draft.state.textContent = word("draftUnsaved");
  draft.state.classList.add("unsaved");
  clearTimeout(draft.timer);
  draft.timer = setTimeout(() => save(draft), WAIT);
}

// What is sent carries all that is written: a draft saved after it would be newer than what the answer shows.
function sending(draft) {
  if (!draft.form.querySelector("option[data-stop]:checked")) keep(draft, { sent: true });
  clearTimeout(draft.timer);
  draft.timer = 0;
}

async function save(draft) {
  clearTimeout(draft.timer);
  draft.timer = 0;
  const body = read(draft.form);
  try {
    const answer = await send(draft.url, { method: "POST", body: new URLSearchParams(body), keepalive: body.length < 60_000 });
    if (answer.status === 409) return moved(draft, await answer.json());
    if (!answer.ok) throw new Error(String(answer.status));
    if (read(draft.form) === body && !JSON.parse(localStorage.getItem(draft.key) ?? "{}").sent) forget(draft.key);
    setVersion(draft.form, answer.headers.get("X-Draft-Version"));
    draft.state.classList.remove("unsaved");
    draft.state.textContent = `${word("draftSaved")} ${clockNow()}`;
  } catch {
    draft.state.textContent = word("draftLocal");
    draft.timer = setTimeout(() => save(draft), 10 * WAIT);
  }
}

/** Somebody else has saved meanwhile: nothing is written over before the writer has chosen. */
function moved(draft, told) {
  keep(draft);
  draft.state.textContent = told.text ?? word("failed");
  if (draft.asked?.isConnected) return;
  const notice = document.createElement("div");
  notice.className = "notice warning cluster";
  const text = document.createElement("span");
  text.textContent = told.text ?? "";
  const mine = () => { notice.remove(); setVersion(draft.form, told.version); save(draft); };
  notice.append(text, button(word("draftTheirs"), () => location.assign(location.pathname)), button(word("draftMine"), mine));
  draft.asked = notice;
  draft.form.prepend(notice);
  tell(text.textContent);
  notice.scrollIntoView({ block: "nearest" });
}

// Which open form this is: two who write at once are told apart, though they act in one function.
function nameWriter(form) {
  const field = form.elements.namedItem("writer");
  if (field && !field.value) field.value = newKey();
}

function setVersion(form, version) {
  const field = form.elements.namedItem("draft_version");
  if (field && version) field.value = version;
}

/** What of a form people write: which version it was opened on makes no difference to that. */
function written(body) {
  const fields = new URLSearchParams(body);
  for (const name of ["writer", "draft_version"]) fields.delete(name);
  return fields.toString();
}

/** What is written, as a query string; files, tokens and the idempotency key are not part of a draft. */
export function read(form) {
  const fields = Array.from(new FormData(form)).filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "key");
  return new URLSearchParams(fields).toString();
}

function keep(draft, more = {}) {
  try {
    localStorage.setItem(draft.key, JSON.stringify({ body: read(draft.form), at: clockNow(), path: location.pathname, ...more }));
  } catch {
    // storage full or off: the server's copy is the one that counts
  }
}

function offerKept(draft) {
  const kept = JSON.parse(localStorage.getItem(draft.key) ?? "null");
  if (!kept || written(kept.body) === written(draft.served)) return forget(draft.key);
  const notice = document.createElement("div");
  notice.className = "notice warning cluster";
  const text = document.createElement("span");
  text.textContent = `${word("draftFound")} ${kept.at}.`;
  notice.append(text, button(word("draftUse"), () => use(draft, kept, notice)), button(word("draftDrop"), () => drop(draft, notice)));
  draft.form.prepend(notice);
}

function use(draft, kept, notice) {
  notice.remove();
  write(draft.form, new URLSearchParams(kept.body));
  changed(draft);
  tell(word("draftUse"));
}

function drop(draft, notice) {
  forget(draft.key);
  notice.remove();
}

export function write(form, values) {
  for (const field of form.elements) {
    if (!field.name || field.type === "file" || field.type === "hidden" || field.type === "submit") continue;
    const given = values.getAll(field.name);
    if (field.type === "radio" || field.type === "checkbox") field.checked = given.includes(field.value);
    else if (field.multiple) for (const option of field.options) option.selected = given.includes(option.value);
    else if (given.length) field.value = given[0];
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** A form that was sent and led here has arrived; one whose answer never came, or was no, is kept. */
function forgetSent() {
  const from = document.referrer ? new URL(document.referrer).pathname : "";
  const isRefused = from === location.pathname && document.querySelector("main [role=alert]:not(:empty)");
  if (isRefused) return;
  for (const key of keys()) {
    const kept = JSON.parse(localStorage.getItem(key) ?? "{}");
    if (kept.sent && kept.path === from) forget(key);
  }
}

function keys() {
  return Object.keys(localStorage).filter((key) => key.startsWith("draft:"));
}

function forget(key) {
  localStorage.removeItem(key);
}

function stateOf(form) {
  const found = form.querySelector("[data-draft-state]");
  if (found) return found;
  const made = document.createElement("p");
  made.className = "draft-state";
  made.setAttribute("role", "status");
  form.append(made);
  return made;
}

function button(text, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-sm btn-outline-primary";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}
