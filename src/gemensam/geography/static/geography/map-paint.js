// What the map shows: kommuner filled by their value, a mark with its shape on each, points, and what is drawn.

const DRAWN = "drawn";
const LABELS = "labels";
const CROWDED = 15; // pixels between two marks
const ROOM = 20; // pixels that a mark takes

export class Painter {
  constructor(map, library, place) {
    this.map = map;
    this.library = library;
    this.place = place;
    this.marks = [];
    this.popup = new library.Popup({ closeButton: true, closeOnClick: true, maxWidth: "18rem" });
    this.middles = new Map();
  }

  // Layers in their order; the colours come with the theme.
  lay(areas) {
    this.areas = areas;
    for (const { properties } of areas.features) this.middles.set(properties.code, properties.middle);
    this.map.once("styledata", () => {
      const { map } = this;
      const own = new Set((this.place.dataset.codes ?? "").split(" "));
      map.addSource("kommuner", { type: "geojson", data: areas, tolerance: 0.2 });
      map.addSource(DRAWN, { type: "geojson", data: collection([]) });
      map.addLayer({ id: "values", type: "fill", source: "kommuner" });
      map.addLayer({ id: "missing", type: "fill", source: "kommuner", filter: codesIn([]), paint: { "fill-pattern": "hatch" } });
      map.addLayer({ id: "borders", type: "line", source: "kommuner" });
      map.addLayer({ id: "differing", type: "line", source: "kommuner", filter: codesIn([]) });
      map.addSource("names", { type: "geojson", data: collection(areas.features.filter(({ properties }) => own.has(properties.code)).map(nameOf)) });
      map.addLayer({ id: "names", type: "symbol", source: "names", layout: { "text-field": ["get", "name"], "text-font": ["sans-serif"], "text-size": 11, "text-offset": [0, 1.3], "text-anchor": "top" } });
      map.addLayer({ id: "drawn-areas", type: "fill", source: DRAWN, filter: ["==", ["geometry-type"], "Polygon"] });
      map.addLayer({ id: "drawn-lines", type: "line", source: DRAWN, filter: ["!=", ["geometry-type"], "Point"] });
      map.addLayer({ id: "drawn-points", type: "circle", source: DRAWN, filter: ["==", ["geometry-type"], "Point"] });
      map.addSource(LABELS, { type: "geojson", data: collection([]) });
      map.addLayer({ id: LABELS, type: "symbol", source: LABELS, layout: { "text-field": ["get", "label"], "text-font": ["sans-serif"], "text-size": 13, "text-max-width": 11, "text-justify": "auto", "text-radial-offset": 1, "text-variable-anchor": ["bottom-left", "top-left", "bottom-right", "top-right", "left", "right", "bottom", "top"] } });
      // What stands on the page above the map keeps its room here, so that no text is put under it.
      map.addImage("room", { width: ROOM, height: ROOM, data: new Uint8ClampedArray(4 * ROOM * ROOM) });
      map.addSource("room", { type: "geojson", data: collection([]) });
      map.addLayer({ id: "room", type: "symbol", source: "room", layout: { "icon-image": "room", "icon-allow-overlap": true, "icon-padding": 0 } });
      this.colour();
    });
    this.map.on("zoomend", () => this.spread());
    this.map.on("resize", () => this.spread());
    const again = () => { this.colour(); if (this.list) this.fill(this.list); };
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
    new MutationObserver(again).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  }

  colour() {
    const { map } = this;
    const [water, line, ink, warning] = ["--sunken", "--line-strong", "--ink", "--warning"].map((name) => variable(name));
    map.setPaintProperty("water", "background-color", water);
    const hatch = hatching(variable("--panel"), line);
    if (map.hasImage("hatch")) map.updateImage("hatch", hatch);
    else map.addImage("hatch", hatch);
    const paints = {
      borders: { "line-color": line, "line-width": 1 },
      names: { "text-color": ink, "text-halo-color": variable("--panel"), "text-halo-width": 1.5 },
      [LABELS]: { "text-color": ink, "text-halo-color": variable("--panel"), "text-halo-width": 2 },
      differing: { "line-color": warning, "line-width": 3 },
      "drawn-areas": { "fill-color": ink, "fill-opacity": 0.14 },
      "drawn-lines": { "line-color": ink, "line-width": 2.5, "line-dasharray": [3, 1.5] },
      "drawn-points": { "circle-color": ink, "circle-radius": 6, "circle-stroke-color": variable("--panel"), "circle-stroke-width": 2 },
    };
    for (const [layer, values] of Object.entries(paints)) {
      for (const [name, value] of Object.entries(values)) map.setPaintProperty(layer, name, value);
    }
    this.neutral();
  }

  neutral() {
    this.map.setPaintProperty("values", "fill-color", variable("--panel"));
  }

  paint(list) {
    this.list = list;
    this.fill(list);
    this.mark(list);
    this.draw(list);
  }

  fill(list) {
    const lines = [...list.querySelectorAll("[data-kommun]")];
    const colours = lines.filter(({ dataset }) => /^[1-5]$/.test(dataset.value)).flatMap(({ dataset }) => [dataset.kommun, variable(`--k${dataset.value}`)]);
    const panel = variable("--panel");
    this.map.setPaintProperty("values", "fill-color", colours.length ? ["match", ["get", "code"], ...colours, panel] : panel);
    this.map.setFilter("missing", codesIn(codesOf(lines.filter(({ dataset }) => dataset.value === "missing"))));
    this.map.setFilter("differing", codesIn(codesOf(lines.filter(({ dataset }) => "differs" in dataset))));
  }

  // The same shapes and words as in the list, cloned from it.
  mark(list) {
    for (const { marker } of this.marks) marker.remove();
    this.marks = [];
    for (const line of list.querySelectorAll("[data-kommun]")) {
      const middle = this.middles.get(line.dataset.kommun);
      if (middle) this.put(line, middle, "map-mark", line.dataset.short ?? "");
    }
    for (const line of list.querySelectorAll("[data-point]")) this.put(line, toMap(line.dataset.point), "map-point", "●");
    for (const line of list.querySelectorAll('[data-drawing][data-state="valid"]')) {
      this.put(line, toMap(line.dataset.corners.split(" ")[0]), "map-number", line.dataset.number ?? "•", true);
    }
    for (const [at, lines] of this.needs(list)) this.put(lines, at, "map-need", lines.length > 1 ? `◆${lines.length}` : "◆", true);
    this.spread();
  }

  // Open needs by where they are marked: at their point, or once in each kommun that they name.
  needs(list) {
    const found = new Map();
    for (const line of list.querySelectorAll("[data-need]")) {
      const { at, kommuner = "" } = line.dataset;
      for (const place of at ? [at] : kommuner.split(" ").filter(Boolean)) found.set(place, [...(found.get(place) ?? []), line]);
    }
    return [...found].map(([place, lines]) => [this.middles.get(place) ?? toMap(place), lines]).filter(([at]) => !at.some(Number.isNaN));
  }

  put(lines, at, kind, text, isText = false) {
    const all = [lines].flat();
    const [line] = all;
    const element = document.createElement("span");
    const shape = isText ? null : line.querySelector(".status svg");
    element.className = kind;
    element.setAttribute("role", "img");
    element.setAttribute("aria-label", all.map(told).join("; "));
    element.title = all.map(told).join("; ");
    element.append(shape ? shape.cloneNode(true) : text);
    if (!shape && !text) return;
    const marker = new this.library.Marker({ element, anchor: kind === "map-need" ? "bottom-left" : "center" }).setLngLat(at).addTo(this.map);
    element.addEventListener("click", (event) => { event.preventDefault(); this.tell(all, at); });
    this.marks.push({ marker, element, at, kind, rank: Number(line.dataset.value) || 0 });
  }

  // Marks that would lie on each other are moved apart; a word without a shape gives way, for the list says it.
  spread() {
    const shown = this.marks.filter(({ kind }) => kind === "map-mark").map((mark) => ({ ...mark, ...this.map.project(mark.at) }));
    for (const one of shown) { one.x0 = one.x; one.y0 = one.y; }
    for (let round = 0; round < 12; round++) for (const [one, other] of pairs(shown)) part(one, other);
    for (const one of shown) {
      one.marker.setOffset([one.x - one.x0, one.y - one.y0]);
      const isWord = !one.element.querySelector("svg");
      const hides = isWord && shown.some((other) => other !== one && Math.abs(other.x - one.x) < 3 * CROWDED && Math.abs(other.y - one.y) < CROWDED);
      one.element.classList.toggle("is-hidden", hides);
      one.element.style.zIndex = String(one.rank);
    }
  }

  // A drawing has its number always, and its label where there is room: the list has both.
  draw(list) {
    const lines = [...list.querySelectorAll('[data-drawing][data-state="valid"]')];
    this.map.getSource(DRAWN).setData(collection(lines.map(({ dataset }) => feature(dataset.drawing, dataset.corners.split(" ").map(toMap)))));
    this.map.getSource(LABELS).setData(collection(lines.map(({ dataset }) => ({ ...feature("point", [toMap(dataset.corners.split(" ")[0])]), properties: { label: dataset.label } }))));
    this.map.getSource("room").setData(collection(this.marks.map(({ at }) => feature("point", [at]))));
  }

  lineAt(at, list) {
    const [found] = this.map.queryRenderedFeatures(this.map.project(at), { layers: ["values"] });
    return found && list.querySelector(`[data-kommun="${CSS.escape(found.properties.code)}"]`);
  }

  // What a line says, at its place on the map, and the line itself in the list.
  tell(lines, at) {
    const all = [lines].flat();
    const body = document.createElement("div");
    body.className = "map-told";
    for (const line of all) {
      const said = line.cloneNode(true);
      for (const button of said.querySelectorAll("button")) button.remove();
      body.append(...said.childNodes);
    }
    this.popup.setLngLat(at).setDOMContent(body).addTo(this.map);
    for (const other of this.list?.querySelectorAll(".is-shown") ?? []) other.classList.remove("is-shown");
    for (const line of all) line.classList.add("is-shown");
  }

  pin(at) {
    this.pinned?.remove();
    const element = document.createElement("span");
    element.className = "map-pin";
    element.setAttribute("aria-hidden", "true");
    element.textContent = "+";
    this.pinned = new this.library.Marker({ element }).setLngLat(at).addTo(this.map);
  }
}

export function feature(shape, corners) {
  const geometry = {
    area: () => ({ type: "Polygon", coordinates: [[...corners, corners[0]]] }),
    line: () => ({ type: "LineString", coordinates: corners }),
    point: () => ({ type: "Point", coordinates: corners[0] }),
  }[shape]();
  return { type: "Feature", properties: {}, geometry };
}

export function collection(features) {
  return { type: "FeatureCollection", features };
}

export function variable(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim() || "#888";
}

function nameOf({ properties }) {
  return { type: "Feature", properties: { name: properties.name }, geometry: { type: "Point", coordinates: properties.middle } };
}

function told(line) {
  if (line.dataset.label) return line.dataset.label;
  return [line.querySelector(".kommun-name")?.textContent.trim(), line.querySelector(".status")?.textContent.trim()].filter(Boolean).join(": ");
}

function toMap(text) {
  const [latitude, longitude] = text.split(",").map(Number);
  return [longitude, latitude];
}

function codesOf(lines) {
  return lines.map(({ dataset }) => dataset.kommun);
}

function codesIn(codes) {
  return ["in", ["get", "code"], ["literal", codes]];
}

function* pairs(all) {
  for (let first = 0; first < all.length; first++) for (let second = first + 1; second < all.length; second++) yield [all[first], all[second]];
}

function part(one, other) {
  const [x, y] = [other.x - one.x || 0.1, other.y - one.y || 0.1];
  const away = Math.hypot(x, y);
  if (away >= 2 * CROWDED - 8) return;
  const push = (2 * CROWDED - 8 - away) / 2 / away;
  one.x -= x * push; one.y -= y * push;
  other.x += x * push; other.y += y * push;
}

// The pattern of what is not reported, as in the matrix.
function hatching(ground, line) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 8;
  const pen = canvas.getContext("2d");
  pen.fillStyle = ground;
  pen.fillRect(0, 0, 8, 8);
  pen.strokeStyle = line;
  for (const start of [-8, 0, 8]) { pen.moveTo(start, 8); pen.lineTo(start + 8, 0); }
  pen.stroke();
  return pen.getImageData(0, 0, 8, 8);
}
