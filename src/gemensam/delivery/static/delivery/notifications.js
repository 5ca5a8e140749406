// Switches notifications on and off in this browser, and says how it stands.
import { send } from "../js/csrf.js";

const place = document.querySelector("[data-push]");
const isAble = Boolean(globalThis.isSecureContext && navigator.serviceWorker && globalThis.PushManager && globalThis.Notification);

function say(name) {
  place.querySelector("[data-push-state]").textContent = place.dataset[`text${name}`];
}

async function draw() {
  const subscription = await (await navigator.serviceWorker.getRegistration("/"))?.pushManager.getSubscription();
  const isDenied = Notification.permission === "denied";
  say(isDenied ? "Denied" : subscription ? "On" : "Off");
  place.querySelector("[data-push-on]").hidden = Boolean(subscription) || isDenied;
  place.querySelector("[data-push-off]").hidden = !subscription;
}

async function switchOn() {
  if (await Notification.requestPermission() !== "granted") return draw();
  await navigator.serviceWorker.register("/sw.js");
  const registration = await navigator.serviceWorker.ready;
  try {
    const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: place.dataset.push });
    const { endpoint, keys } = subscription.toJSON();
    const answer = await post(place.dataset.subscribe, { endpoint, p256dh: keys.p256dh, auth: keys.auth });
    if (!answer.ok) await subscription.unsubscribe();
    return answer.ok ? draw() : say("Failed");
  } catch {
    return say("Failed");
  }
}

async function switchOff() {
  const registration = await navigator.serviceWorker.getRegistration("/");
  const subscription = await registration?.pushManager.getSubscription();
  if (!subscription) return draw();
  await post(place.dataset.unsubscribe, { endpoint: subscription.endpoint });
  await subscription.unsubscribe();
  return draw();
}

function post(address, told) {
  return send(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(told) });
}

if (place && isAble) {
  place.querySelector("[data-push-on]").addEventListener("click", switchOn);
  place.querySelector("[data-push-off]").addEventListener("click", switchOff);
  await draw();
} else if (place) {
  say("Unable");
}
