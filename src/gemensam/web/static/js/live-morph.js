// Changes an element in place until it says what freshly drawn markup says, without taking anything from its reader:
// focus, scroll, open details and typed text stay. Siblings are matched by `data-key` (or id), others by their order.

import { keepReadingPlace } from "./reading-place.js";

const PASSING = ["is-new", "is-changed"]; // classes that are ours, not the server's

// Returns the keyed elements that are new, and those that say something else than before.
export function morph(element, fresh) {
  const before = sayings(element);
  const active = element.contains(document.activeElement) ? document.activeElement : null;
  const selection = selectionOf(active);
  keepReadingPlace(element.querySelectorAll("[data-key]"), () => {
    if (element.nodeName === fresh.nodeName) syncAttributes(element, fresh);
    syncChildren(element, fresh);
    restoreFocus(element, active, selection);
  });
  return compare(element, before);
}

function sync(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  if (old.hasAttribute("data-live-keep")) return;
  if (isField(old)) syncField(old, fresh);
  else {
    syncAttributes(old, fresh);
    syncChildren(old, fresh);
  }
}

function syncChildren(old, fresh) {
  const known = keyedChildren(old);
  const wanted = keyedChildren(fresh);
  for (const [key, child] of known) if (!wanted.has(key)) remove(child);
  let at = old.firstChild;
  for (const next of fresh.childNodes) {
    const key = keyOf(next);
    const match = key ? known.get(key) : alike(at, next);
    if (!match || !match.isConnected) {
      old.insertBefore(document.importNode(next, true), at);
      continue;
    }
    if (match === at) at = at.nextSibling;
    else move(old, match, at);
    sync(match, next);
  }
  while (at) {
    const left = at;
    at = at.nextSibling;
    remove(left);
  }
}

function keyedChildren(parent) {
  const found = new Map();
  for (const child of parent.children) {
    const key = keyOf(child);
    if (key) found.set(key, child);
  }
  return found;
}

function keyOf(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  const key = node.dataset?.key ?? node.id;
  return key ? `${node.nodeName} ${key}` : "";
}

// The next unkeyed node of the same sort, at most a few places on.
function alike(at, next) {
  for (let steps = 0; at && steps < 4; at = at.nextSibling, steps += 1) {
    if (at.nodeName === next.nodeName && !keyOf(at)) return at;
  }
  return null;
}

function move(parent, child, before) {
  if (parent.moveBefore) parent.moveBefore(child, before); // keeps focus and the state of frames and animations
  else parent.insertBefore(child, before);
}

// What somebody is writing in stays, marked, also when the server no longer has its place.
function remove(node) {
  if (node.nodeType === Node.ELEMENT_NODE && holdsWriting(node)) node.classList.add("is-gone");
  else node.remove();
}

function holdsWriting(element) {
  const fields = [...element.querySelectorAll("input, textarea, select")];
  if (isField(element)) fields.push(element);
  return fields.some(isBeingWritten) || (document.activeElement?.isContentEditable && element.contains(document.activeElement));
}

function syncAttributes(old, fresh) {
  const kept = PASSING.filter((name) => old.classList.contains(name));
  for (const { name, value } of fresh.attributes) {
    if (!isReaders(old, name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !isReaders(old, name)) old.removeAttribute(name);
  }
  if (kept.length) old.classList.add(...kept);
}

// What the reader has opened or a module has drawn; the server never sends style attributes.
function isReaders(element, name) {
  if (name === "open") return element.nodeName === "DETAILS" || element.nodeName === "DIALOG";
  return name === "style" || name === "data-live-mark";
}

function isField(node) {
  return node.nodeName === "INPUT" || node.nodeName === "TEXTAREA" || node.nodeName === "SELECT";
}

function isBeingWritten(field) {
  if (field.type === "hidden" || field.type === "submit" || field.type === "button") return false;
  if (field === document.activeElement) return true;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.nodeName === "SELECT") return field.selectedIndex !== defaultIndex(field);
  return field.value !== field.defaultValue;
}

function defaultIndex(select) {
  const chosen = [...select.options].findLastIndex((option) => option.defaultSelected);
  return chosen < 0 && !select.multiple && select.size < 2 ? 0 : chosen;
}

// What a text was based on stays with it: else it would be sent as if its writer had seen what came meanwhile.
function isOfWriting(field) {
  return field.type === "hidden" && field.form !== null && [...field.form.elements].some(isBeingWritten);
}

function syncField(field, fresh) {
  if (isBeingWritten(field) || isOfWriting(field)) return;
  syncAttributes(field, fresh);
  if (field.nodeName === "SELECT") {
    field.replaceChildren(...[...fresh.childNodes].map((child) => document.importNode(child, true)));
  } else if (field.type === "checkbox" || field.type === "radio") {
    field.checked = fresh.defaultChecked;
  } else {
    if (field.nodeName === "TEXTAREA") field.textContent = fresh.textContent;
    field.value = fresh.defaultValue;
  }
}

function selectionOf(field) {
  try {
    return field && "selectionStart" in field && field.selectionStart !== null
      ? [field.selectionStart, field.selectionEnd, field.selectionDirection] : null;
  } catch {
    return null; // fields of some types have none
  }
}

function restoreFocus(element, active, selection) {
  if (!active || document.activeElement === active) return;
  if (!active.isConnected) {
    element.tabIndex = -1; // what had focus is gone: keyboard and screen reader go on from here, not from the top
    element.focus({ preventScroll: true });
    return;
  }
  active.focus({ preventScroll: true });
  if (selection) active.setSelectionRange(...selection);
}

function sayings(element) {
  return new Map([...element.querySelectorAll("[data-key]")].map((each) => [each.dataset.key, saying(each)]));
}

// What an element says, apart from ages (`time`, `data-quiet`), which change by themselves. `data-version` goes before.
function saying(element) {
  if (element.dataset.version !== undefined) return element.dataset.version;
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
    return node.nodeName === "TIME" || node.hasAttribute("data-quiet") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
  });
  const found = [];
  while (texts.nextNode()) found.push(texts.currentNode.data.trim());
  return found.filter(Boolean).join(" ");
}

function compare(element, before) {
  const found = { added: [], changed: [] };
  for (const each of element.querySelectorAll("[data-key]")) {
    const said = before.get(each.dataset.key);
    if (said === undefined) found.added.push(each);
    else if (said !== saying(each)) found.changed.push(each);
  }
  return found;
}
