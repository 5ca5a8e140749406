// Words that are marked in a yttrande fill in the form below it: which lines, and the words themselves.
// Without this the first and last line are written by hand.
const list = document.getElementById("yttrande");
const form = document.getElementById("mark");
const shown = document.getElementById("marked");

function lineOf(node) {
  const element = node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement;
  const line = element?.closest?.("li[data-line]");
  return line && list.contains(line) ? Number(line.dataset.line) : 0;
}

function textOf(range) {
  // Line numbers are no part of what is said.
  const part = range.cloneContents();
  for (const number of part.querySelectorAll(".line-number, .yttrande-page")) number.remove();
  const lines = [...part.querySelectorAll(".line-text")].map((each) => each.textContent);
  return (lines.length ? lines.join(" ") : part.textContent).replace(/\s+/g, " ").trim();
}

function lines(first, last) {
  for (const each of list.querySelectorAll("li[data-line]")) {
    const number = Number(each.dataset.line);
    each.classList.toggle("chosen", number >= first && number <= last);
  }
}

document.addEventListener("selectionchange", () => {
  const chosen = document.getSelection();
  if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return;
  const range = chosen.getRangeAt(0);
  const [first, last] = [lineOf(range.startContainer), lineOf(range.endContainer)];
  const text = textOf(range);
  if (!first || !last || !text) return;
  form.elements.line_from.value = first;
  form.elements.line_to.value = last;
  form.elements.quote.value = text;
  shown.textContent = text;
  shown.hidden = false;
  lines(first, last);
});

for (const name of ["line_from", "line_to"]) {
  form.elements[name].addEventListener("input", () => {
    // Lines written by hand are quoted whole.
    form.elements.quote.value = "";
    shown.hidden = true;
    lines(Number(form.elements.line_from.value), Number(form.elements.line_to.value || form.elements.line_from.value));
  });
}
