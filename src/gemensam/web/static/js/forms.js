// What every form needs at the moment it is sent: token, idempotency key, a question first, and one press only.
import { addToken } from "./csrf.js";
import { tell, word } from "./words.js";

/** UUIDv7; from getRandomValues, since randomUUID is missing on plain http to another machine. */
export function newKey(now = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let place = 0; place < 6; place += 1) bytes[place] = Math.floor(now / 2 ** (8 * (5 - place))) % 256;
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (question && !form.dataset.confirmed) {
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(question, form, event.submitter);
    return;
  }
  delete form.dataset.confirmed;
  if (form.dataset.sending) {
    event.preventDefault(); // a second press while the first is on its way
    return;
  }
  addToken(form);
  addKey(form);
}, true);

// After everybody else has heard of it: what a script sends in place does not leave the page.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "post" && !event.defaultPrevented && !isScripted(form)) holdBack(form);
});

window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
});

// What is chosen with a pointer is shown at once. With the keyboard each arrow chooses something: there it waits for
// Enter, or for the form's button, which then stands out.
const SELF = 'form[data-enhance="auto-submit"]';
let byKeys = false;

document.addEventListener("pointerdown", () => { byKeys = false; }, true);

document.addEventListener("keydown", (event) => {
  byKeys = true;
  if (event.key !== "Enter" || event.target.localName !== "select" || !event.target.closest(SELF)) return;
  event.preventDefault();
  event.target.form.requestSubmit();
}, true);

document.addEventListener("change", (event) => {
  const form = event.target.closest?.(SELF);
  if (!form) return;
  if (byKeys) form.querySelector("button")?.classList.replace("btn-outline-primary", "btn-primary");
  else form.requestSubmit();
});

// A hint at once; the server asks before anything is written (gemensam.core.personal_numbers).
document.addEventListener("change", ({ target }) => {
  if (!target.matches?.('textarea, input[type="text"]')) return;
  target.parentElement.querySelector(".personal-hint")?.remove();
  if (!holdsPersonalNumber(target.value)) return;
  const hint = document.createElement("p");
  hint.className = "help careful personal-hint";
  hint.setAttribute("role", "status");
  hint.textContent = word("personal");
  target.after(hint);
});

document.addEventListener("htmx:responseError", (event) => refusedBy(event.detail.xhr.responseText));
document.addEventListener("htmx:sendError", () => tell(word("failed"), "danger"));

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  await navigator.clipboard?.writeText(source ? source.innerText || source.textContent : button.dataset.copy);
  tell(word("copied"), "success");
});

document.querySelector("[data-focus]")?.focus();

function holdsPersonalNumber(text) {
  for (const [, century, six, sign, four] of text.matchAll(/(?<![\p{L}\d])(19|20)?(\d{6})([-+−–]?)(\d{4})(?![\p{L}\d])/gu)) {
    const sum = [...six + four].reduce((total, digit, place) => total + ((digit * (2 - (place % 2)) - 1) % 9) + 1, 0);
    const day = six.slice(4) % 60;
    if ((century || sign || six[0] !== "0") && six.slice(2, 4) > 0 && six.slice(2, 4) < 13 && day > 0 && day < 32 && sum % 10 === 0) return true;
  }
  return false;
}

function isScripted(form) {
  return form.hasAttribute("hx-post") || form.method === "dialog" || form.target === "_blank";
}

function holdBack(form) {
  form.dataset.sending = "1";
  setTimeout(() => delete form.dataset.sending, 8000); // the line may be gone: then a new try must be possible
}

function addKey(form) {
  if (!("idempotent" in form.dataset)) return;
  let field = form.querySelector('input[name="key"]');
  if (!field) {
    field = document.createElement("input");
    field.type = "hidden";
    field.name = "key";
    form.append(field);
  }
  // Kept for repeats of the same form, so that a second try of the same text is not a second entry.
  field.value ||= newKey();
}

function ask(question, form, submitter) {
  const dialog = document.getElementById("confirm").content.firstElementChild.cloneNode(true);
  dialog.querySelector("h2").textContent = word("confirmTitle");
  dialog.querySelector("p").textContent = question;
  dialog.querySelector('[value="no"]').textContent = word("no");
  dialog.querySelector('[value="yes"]').textContent = submitter?.textContent.trim() || word("yes");
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue !== "yes") return;
    form.dataset.confirmed = "1";
    form.requestSubmit(submitter ?? undefined);
  });
  document.body.append(dialog);
  dialog.showModal();
}

function refusedBy(html) {
  const told = new DOMParser().parseFromString(html, "text/html").querySelector(".notice");
  tell(told ? told.textContent.trim() : word("failed"), "danger");
}
