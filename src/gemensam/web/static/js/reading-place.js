// What somebody reads stays where it is on the screen when something above it comes, goes or grows.
//
// Browsers' own scroll anchoring misses many rows put in at once, and Safari has none: it is switched off while we do it.

const MARKS = 8;

// Make a change, and scroll by as much as the first of the elements that stood on the screen has moved.
export function keepReadingPlace(elements, change) {
  const places = placesOnScreen(elements);
  change();
  restore(places);
}

function placesOnScreen(elements) {
  const seen = [];
  for (const each of elements) {
    const { top, bottom, height } = each.getBoundingClientRect();
    if (height && bottom > 0 && top < innerHeight) seen.push({ each, top });
    if (seen.length === MARKS) break;
  }
  return seen;
}

function restore(places) {
  const place = places.find(({ each }) => each.isConnected);
  const scroller = place && scrollerOf(place.each);
  if (!scroller) return;
  const root = document.documentElement;
  root.style.overflowAnchor = "none";
  const top = place.each.getBoundingClientRect().top - place.top;
  scroller.scrollBy({ top, behavior: "instant" }); // a glide would be seen, and cut short by the next change
  requestAnimationFrame(() => requestAnimationFrame(() => { root.style.overflowAnchor = ""; }));
}

// The nearest box that has been scrolled; whoever reads at the top stays at the top.
function scrollerOf(node) {
  for (let box = node.parentElement; box; box = box.parentElement) if (box.scrollTop > 0) return box;
  return null;
}
