// The map, drawn from the list beside it: it knows nothing that the page does not say in words.
// Where it cannot be drawn the page says so, and the list is there.
import { Painter } from "./map-paint.js";

const place = document.getElementById("map");
const list = document.getElementById("map-list");
const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
const NEAR = 11; // the zoom at which a single place is looked at

if (place) start().catch(fail);

async function start() {
  const { dataset } = place;
  const [library, areas] = await Promise.all([import(dataset.library), fetch(dataset.areas).then((answer) => answer.json())]);
  library.setWorkerUrl(dataset.worker);
  const map = make(library, areas);
  const painter = new Painter(map, library, place);
  painter.lay(areas);
  await new Promise((resolve) => { map.once("load", resolve); });
  const paint = () => list && painter.paint(list);
  paint();
  if (list) new MutationObserver(paint).observe(list, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-value", "data-point", "data-corners", "data-at", "data-kommuner", "data-state", "data-number", "data-differs"] });
  listen(map, painter, areas);
  place.dataset.drawn = String(Math.round(performance.now()));
  const form = document.querySelector("form[data-drawing-form]");
  if (form) (await import("./map-draw.js")).draw(map, form);
}

function make(library, areas) {
  const { dataset } = place;
  const map = new library.Map({
    container: place,
    style: { version: 8, sources: {}, layers: [{ id: "water", type: "background" }] },
    bounds: boundsOf(areas, new Set((dataset.codes ?? "").split(" "))),
    fitBoundsOptions: { padding: 24 },
    maxZoom: 15,
    attributionControl: { compact: false, customAttribution: dataset.source },
    canvasContextAttributes: { preserveDrawingBuffer: true }, // so that it is there in print
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    locale: { "NavigationControl.ZoomIn": dataset.zoomIn, "NavigationControl.ZoomOut": dataset.zoomOut, "Map.Title": dataset.canvas, "Popup.Close": dataset.close },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new library.NavigationControl({ showCompass: false }));
  return map;
}

function boundsOf(areas, codes) {
  const own = areas.features.filter(({ properties }) => codes.has(properties.code));
  const corners = (own.length ? own : areas.features).flatMap(({ geometry }) => geometry.coordinates.flat(2));
  const along = (axis, pick) => corners.reduce((found, corner) => pick(found, corner[axis]), corners[0][axis]);
  return [[along(0, Math.min), along(1, Math.min)], [along(0, Math.max), along(1, Math.max)]];
}

function listen(map, painter, areas) {
  const middles = new Map(areas.features.map(({ properties }) => [properties.code, properties.middle]));
  for (const button of list?.querySelectorAll(".show-on-map") ?? []) button.hidden = false;
  list?.addEventListener("click", ({ target }) => {
    const line = target.closest(".show-on-map")?.closest("li");
    if (line) show(map, painter, line, middles);
  });
  if (list) new MutationObserver(() => list.querySelectorAll(".show-on-map[hidden]").forEach((button) => { button.hidden = false; })).observe(list, { childList: true, subtree: true });
  const form = document.querySelector("[data-point-form]");
  if (form) findPoints(map, painter, form);
  addEventListener("beforeprint", () => fitPaper(map));
  addEventListener("afterprint", () => { place.classList.remove("on-paper"); map.resize(); });
}

function show(map, painter, line, middles) {
  const { kommun, kommuner, point, at: needed, corners } = line.dataset;
  const code = kommun ?? kommuner?.split(" ")[0];
  const at = code ? middles.get(code) : toMap((point ?? needed ?? corners).split(" ")[0]);
  move(map, at, code ? Math.max(map.getZoom(), 9) : NEAR);
  painter.tell(line, at);
  place.scrollIntoView({ block: "nearest" });
}

function move(map, center, zoom) {
  if (isStill) map.jumpTo({ center, zoom });
  else map.easeTo({ center, zoom, duration: 500 });
}

function findPoints(map, painter, form) {
  const field = form.elements.point;
  const find = async (text) => {
    const answer = await fetch(`${form.dataset.pointForm}?point=${encodeURIComponent(text)}`, { headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) return;
    const found = document.getElementById("point-found");
    found.innerHTML = await answer.text();
    const at = found.querySelector("[data-found]")?.dataset.found;
    if (at) painter.pin(toMap(at));
    return at;
  };
  map.on("click", ({ lngLat, originalEvent }) => {
    if (originalEvent.defaultPrevented) return;
    field.value = `${lngLat.lat.toFixed(5)}, ${lngLat.lng.toFixed(5)}`;
    find(field.value);
    const line = painter.lineAt(lngLat, list);
    if (line) painter.tell(line, lngLat);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const at = await find(field.value);
    if (at) move(map, toMap(at), NEAR);
  });
  const first = document.querySelector("#point-found [data-found]")?.dataset.found;
  if (first) { painter.pin(toMap(first)); map.jumpTo({ center: toMap(first), zoom: NEAR }); }
}

export function toMap(text) {
  const [latitude, longitude] = text.split(",").map(Number);
  return [longitude, latitude];
}

// Paper has another width than the screen: the map is drawn anew for it before it is printed.
function fitPaper(map) {
  place.classList.add("on-paper");
  map.resize();
  map.redraw();
}

function fail(error) {
  console.warn(error);
  const told = document.createElement("p");
  told.className = "notice warning";
  told.textContent = place.dataset.failed;
  place.replaceWith(told);
}
