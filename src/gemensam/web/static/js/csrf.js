// The only place that knows the form token: read from its cookie, never written in a page.

export function token() {
  const found = document.cookie.split("; ").find((each) => each.startsWith("gemensam_csrf="));
  return found ? decodeURIComponent(found.slice(found.indexOf("=") + 1)) : "";
}

/** fetch with the token and the mark that a script asks; same options as fetch. */
export function send(url, options = {}) {
  const headers = new Headers(options.headers);
  headers.set("X-Requested-With", "fetch");
  if ((options.method ?? "GET").toUpperCase() !== "GET") headers.set("X-CSRFToken", token());
  return fetch(url, { credentials: "same-origin", ...options, headers });
}

/** Put the token into a form that is about to be sent by the browser itself. */
export function addToken(form) {
  let field = form.querySelector('input[name="csrfmiddlewaretoken"]');
  if (!field) {
    field = document.createElement("input");
    field.type = "hidden";
    field.name = "csrfmiddlewaretoken";
    form.append(field);
  }
  field.value = token();
}

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = token();
});
