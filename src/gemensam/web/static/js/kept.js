// What is written in an answer by link, kept in this tab alone until it is sent: there is no account to keep it for.
import { read, write } from "./drafts.js";
import { tell, word } from "./words.js";

const form = document.querySelector("form[data-keep]");
const done = document.querySelector("[data-kept]");

if (done) forget(done.dataset.kept);
if (form) watch(form, `answer:${form.dataset.keep}`);

function watch(form, key) {
  const served = read(form);
  const kept = sessionStorage.getItem(key);
  form.addEventListener("input", () => keep(form, key));
  form.addEventListener("change", () => keep(form, key));
  if (!kept || kept === served || !isEmpty(form)) return;
  write(form, new URLSearchParams(kept));
  tell(word("draftKept"), "info");
}

// A form that came back with what was sent already holds it; one that was opened anew does not.
function isEmpty(form) {
  return Array.from(form.querySelectorAll("textarea")).every((field) => !field.value);
}

function keep(form, key) {
  try {
    sessionStorage.setItem(key, read(form));
  } catch {
    // storage full or off: what stands in the page is all there is
  }
}

function forget(which) {
  sessionStorage.removeItem(`answer:${which}`);
}
