// The workbench: a press of a button marked data-act posts the form and changes the page in place.
// Without this module the same press posts the form in the ordinary way; texts that are being written are never taken.
import { send } from "../js/csrf.js";

const form = document.querySelector("form[data-compile]");
form?.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button?.hasAttribute("data-act") || button.dataset.plainly) return;
  event.preventDefault();
  press(button);
});

async function press(button) {
  const body = new URLSearchParams(new FormData(form));
  body.append(button.name, button.value);
  const near = button.closest("li, section");
  button.disabled = true;
  try {
    const answer = await send(form.action, { method: "POST", body });
    swap(new DOMParser().parseFromString(await answer.text(), "text/html"));
    keepFocus(button, near);
  } catch {
    button.disabled = false;
    button.dataset.plainly = "1";
    button.click();
  }
}

function swap(fresh) {
  for (const part of document.querySelectorAll("[data-swap]")) {
    const made = fresh.getElementById(part.id);
    if (made) replace(part, made);
  }
}

// What somebody has opened stays open.
function replace(part, made) {
  for (const open of part.querySelectorAll("details[open][id]")) {
    made.querySelector(`#${CSS.escape(open.id)}`)?.setAttribute("open", "");
  }
  part.replaceChildren(...made.childNodes);
}

// What was pressed may be gone: the focus goes to the same button, or to one beside where it stood.
function keepFocus(button, near) {
  const same = button.id && document.getElementById(button.id);
  const target = same || (near?.isConnected ? near : form).querySelector("button[data-act]");
  target?.focus({ preventScroll: true });
}
