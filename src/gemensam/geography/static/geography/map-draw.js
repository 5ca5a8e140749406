// Drawing: each press on the map is a line in the field of corners, and the field is what is drawn and sent.
import { collection, feature, variable } from "./map-paint.js";

const FEWEST = { area: 3, line: 2, point: 1 };
const DEGREES = /^\s*(\d{2}\.\d+)\s*,\s*(\d{1,2}\.\d+)\s*$/;

export function draw(map, form) {
  const field = form.elements.corners;
  const known = new Map(); // lines in other systems, as the server has read them
  map.addSource("drawing", { type: "geojson", data: collection([]) });
  map.addLayer({ id: "drawing-area", type: "fill", source: "drawing", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": variable("--accent"), "fill-opacity": 0.2 } });
  map.addLayer({ id: "drawing-line", type: "line", source: "drawing", paint: { "line-color": variable("--accent"), "line-width": 3 } });
  map.addLayer({ id: "drawing-corner", type: "circle", source: "drawing", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-color": variable("--accent"), "circle-radius": 5, "circle-stroke-color": variable("--panel"), "circle-stroke-width": 2 } });
  const lines = () => field.value.split("\n").filter((line) => line.trim());
  const shape = () => form.elements.shape.value || "area";
  const preview = async () => {
    const corners = (await Promise.all(lines().map((line) => read(line, known)))).filter(Boolean);
    const whole = corners.length >= FEWEST[shape()] && shape() !== "point" ? [feature(shape(), corners)] : [];
    map.getSource("drawing").setData(collection([...whole, ...corners.map((corner) => feature("point", [corner]))]));
  };
  const write = (changed) => { field.value = changed.join("\n"); field.dispatchEvent(new Event("input", { bubbles: true })); };
  map.on("click", ({ lngLat }) => {
    const corner = `${lngLat.lat.toFixed(5)}, ${lngLat.lng.toFixed(5)}`;
    write(shape() === "point" ? [corner] : [...lines(), corner]);
  });
  field.addEventListener("input", preview);
  for (const radio of form.querySelectorAll('[name="shape"]')) radio.addEventListener("change", preview);
  form.querySelector(".drawing-tools").hidden = false;
  form.querySelector("[data-undo-corner]").addEventListener("click", () => write(lines().slice(0, -1)));
  form.querySelector("[data-clear-corners]").addEventListener("click", () => write([]));
  map.getCanvas().classList.add("is-drawing");
  preview();
}

async function read(line, known) {
  const found = DEGREES.exec(line);
  if (found) return [Number(found[2]), Number(found[1])];
  if (!known.has(line)) known.set(line, await ask(line));
  return known.get(line);
}

async function ask(line) {
  const base = location.pathname.split("/").slice(0, 3).join("/");
  const answer = await fetch(`${base}/map/_point/?point=${encodeURIComponent(line)}`, { headers: { "X-Requested-With": "fetch" } });
  const at = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-found]")?.dataset.found;
  return at ? at.split(",").map(Number).reverse() : null;
}
