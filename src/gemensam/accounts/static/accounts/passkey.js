// Words for what the sign-in library's passkey script only writes to the console.

const impossible = !window.isSecureContext || !window.PublicKeyCredential;
const buttons = document.querySelectorAll("#passkey_login, #mfa_webauthn_authenticate, #mfa_webauthn_add, #mfa_webauthn_reauthenticate");

function show(name, shown) {
  for (const place of document.querySelectorAll(`[data-passkey-${name}]`)) place.hidden = !shown;
}

if (impossible) {
  show("impossible", true);
  for (const button of buttons) button.disabled = true;
}
for (const button of buttons) button.addEventListener("click", () => show("failed", false), { capture: true });

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  show("failed", true);
});
