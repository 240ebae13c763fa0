// The map: outlines filled by class, county borders, the chosen municipality; closer and farther, and what lies under the pointer.
import { canvasesIn, changes } from "./canvas.js";
import { colours } from "./film.js";
import { h, number } from "./widget.js";

const MARGIN = 8;
const CLOSEST = 12;
const NAMED = 40; // municipalities up to which the whole map carries names
const LEAST = 40; // px a municipality is wide that may carry its name

const pathsOf = (atlas, towns) => {
  const paths = Array.from({ length: towns }, () => new Path2D());
  const all = new Path2D();
  const boxes = Array.from({ length: towns }, () => [Infinity, Infinity, -Infinity, -Infinity]);
  const { rings, points } = atlas;
  for (let r = 0; r < rings.length; r += 3) {
    const [m, first, count] = [rings[r], rings[r + 1], rings[r + 2]];
    for (let k = 0; k < count; k += 1) {
      const x = points[2 * (first + k)];
      const y = points[2 * (first + k) + 1];
      for (const path of [paths[m], all]) k === 0 ? path.moveTo(x, y) : path.lineTo(x, y);
      const box = boxes[m];
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
    paths[m].closePath();
    all.closePath();
  }
  const borders = new Path2D();
  for (let k = 0; k < atlas.borders.length; k += 4) {
    borders.moveTo(atlas.borders[k], atlas.borders[k + 1]);
    borders.lineTo(atlas.borders[k + 2], atlas.borders[k + 3]);
  }
  return { paths, all, borders, boxes, middles: middlesOf(atlas, towns) };
};

// The centre of gravity of the largest outline of each municipality, where its name stands.
const middlesOf = ({ rings, points }, towns) => {
  const middles = Array.from({ length: towns }, () => [0, 0]);
  const largest = new Float64Array(towns);
  for (let r = 0; r < rings.length; r += 3) {
    const [m, first, count] = [rings[r], rings[r + 1], rings[r + 2]];
    let [area, x, y] = [0, 0, 0];
    for (let k = first; k < first + count - 1; k += 1) {
      const cross = points[2 * k] * points[2 * k + 3] - points[2 * k + 2] * points[2 * k + 1];
      area += cross;
      x += (points[2 * k] + points[2 * k + 2]) * cross;
      y += (points[2 * k + 1] + points[2 * k + 3]) * cross;
    }
    if (Math.abs(area) <= largest[m]) continue;
    largest[m] = Math.abs(area);
    middles[m] = [x / (3 * area), y / (3 * area)];
  }
  return middles;
};

export const map = (choose, point) => {
  const box = h("div", { class: "map-box" });
  const tools = h("div", { class: "map-tools" });
  let atlas = null;
  let drawn = null;
  let last = null; // what was painted last: { paint, time, town }
  let zoom = 1;
  let shift = [0, 0];
  let painted = ""; // everything that the fills hang on but the classes
  let lined = ""; // everything that the lines and names hang on
  let classes = new Int8Array(0);
  const sheet = canvasesIn(box, () => repaint());
  const { under, over: pen } = sheet;
  box.append(tools);

  const scaleOf = () => Math.min((sheet.width - 2 * MARGIN) / atlas.size[0], (sheet.height - 2 * MARGIN) / atlas.size[1]) * zoom;
  const frame = () => {
    const scale = scaleOf();
    return [scale, (sheet.width - atlas.size[0] * scale) / 2 + shift[0], (sheet.height - atlas.size[1] * scale) / 2 + shift[1]];
  };
  const bound = () => {
    const scale = scaleOf();
    const room = [Math.max(0, (atlas.size[0] * scale - sheet.width * 0.5) / 2), Math.max(0, (atlas.size[1] * scale - sheet.height * 0.5) / 2)];
    shift = shift.map((v, k) => (zoom === 1 ? 0 : Math.min(room[k], Math.max(-room[k], v))));
  };

  // Fills below, of what has changed; lines and names above, only when they are others than before.
  const repaint = () => {
    if (!drawn || !last || sheet.width < 1) return;
    const { paint, time, town } = last;
    const { ratio } = sheet;
    const [scale, left, top] = frame();
    const fills = colours(paint.tokens);
    const lines = [atlas.id, town, zoom, shift, sheet.width, sheet.height, ratio, colours(["paper"])].join();
    const key = [lines, fills].join();
    const isNew = key !== painted;
    if (isNew) {
      painted = key;
      sheet.clear(under);
    }
    under.setTransform(scale * ratio, 0, 0, scale * ratio, left * ratio, top * ratio);
    for (const m of changes(classes, paint, time, isNew)) {
      under.fillStyle = fills[classes[m]];
      under.fill(drawn.paths[m]);
    }
    if (lines !== lined) {
      lined = lines;
      outline(scale, left, top, town);
    }
  };

  const outline = (scale, left, top, town) => {
    const [paper, ink, axis] = colours(["paper", "ink", "axis"]);
    const stroke = (path, colour, width) => {
      pen.strokeStyle = colour;
      pen.lineWidth = width / scale;
      pen.stroke(path);
    };
    sheet.clear(pen);
    pen.setTransform(scale * sheet.ratio, 0, 0, scale * sheet.ratio, left * sheet.ratio, top * sheet.ratio);
    pen.lineJoin = "round";
    pen.globalAlpha = 0.55;
    stroke(drawn.all, axis, 0.6);
    pen.globalAlpha = 1;
    stroke(drawn.borders, paper, 1.8);
    if (town >= 0) {
      stroke(drawn.paths[town], paper, 5);
      stroke(drawn.paths[town], ink, 2.4);
    }
    names(scale, left, top, town, ink, paper);
  };

  // Names of municipalities that are wide enough for them, and always of the chosen one.
  const names = (scale, left, top, town, ink, paper) => {
    const family = getComputedStyle(box).fontFamily;
    pen.setTransform(sheet.ratio, 0, 0, sheet.ratio, 0, 0);
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineWidth = 3.5;
    const isNear = zoom > 1 || atlas.names.length <= NAMED;
    atlas.names.forEach((name, m) => {
      const [a, , c] = drawn.boxes[m];
      const isChosen = m === town;
      if (!isChosen && (!isNear || (c - a) * scale < LEAST)) return;
      pen.font = `${isChosen ? 700 : 600} ${isChosen ? 13 : 11.5}px ${family}`;
      if (!isChosen && (c - a) * scale < pen.measureText(name).width + 6) return;
      const [x, y] = drawn.middles[m];
      pen.strokeStyle = paper;
      pen.fillStyle = ink;
      pen.strokeText(name, left + x * scale, top + y * scale);
      pen.fillText(name, left + x * scale, top + y * scale);
    });
  };

  const townAt = (event) => {
    if (!drawn) return -1;
    const area = sheet.canvas.getBoundingClientRect();
    const [scale, left, top] = frame();
    const x = (event.clientX - area.left - left) / scale;
    const y = (event.clientY - area.top - top) / scale;
    under.setTransform(1, 0, 0, 1, 0, 0);
    return drawn.boxes.findIndex(([a, b, c, d], m) => x >= a && x <= c && y >= b && y <= d && under.isPointInPath(drawn.paths[m], x, y));
  };

  const closer = (by, at = [sheet.width / 2, sheet.height / 2]) => {
    const next = Math.min(CLOSEST, Math.max(1, zoom * by));
    const factor = next / zoom;
    const middle = [sheet.width / 2, sheet.height / 2];
    shift = shift.map((v, k) => (at[k] - middle[k]) * (1 - factor) + v * factor);
    zoom = next;
    bound();
    box.classList.toggle("is-close", zoom > 1);
    repaint();
  };
  const buttons = [
    h("button", { type: "button", class: "tool", on: { click: () => closer(1.6) } }, "+"),
    h("button", { type: "button", class: "tool", on: { click: () => closer(1 / 1.6) } }, "−"),
    h("button", { type: "button", class: "tool", on: { click: () => closer(0) } }, "⤢"),
  ];
  tools.append(...buttons);

  let held = null;
  const { canvas } = sheet;
  canvas.addEventListener("pointerdown", (event) => {
    held = { x: event.clientX, y: event.clientY, shift: [...shift], isMoved: false };
    if (zoom > 1) canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (held && zoom > 1) {
      const by = [event.clientX - held.x, event.clientY - held.y];
      if (Math.hypot(...by) > 4) held.isMoved = true;
      if (held.isMoved) {
        shift = held.shift.map((v, k) => v + by[k]);
        bound();
        point(-1, event);
        return repaint();
      }
    }
    point(townAt(event), event);
  });
  canvas.addEventListener("pointerleave", (event) => point(-1, event));
  canvas.addEventListener("pointerup", (event) => {
    if (held && !held.isMoved) choose(townAt(event));
    held = null;
  });
  canvas.addEventListener("pointercancel", () => (held = null));
  canvas.addEventListener("dblclick", (event) => {
    const area = canvas.getBoundingClientRect();
    closer(2, [event.clientX - area.left, event.clientY - area.top]);
  });

  return {
    node: box,
    update(next, words) {
      if (atlas?.id !== next.id) {
        atlas = next;
        drawn = atlas.rings.length ? pathsOf(atlas, atlas.numbers.length) : null;
        classes = new Int8Array(atlas.numbers.length);
        zoom = 1;
        shift = [0, 0];
        box.classList.remove("is-close");
      }
      box.classList.toggle("is-empty", !drawn);
      box.dataset.empty = words.no_map;
      [words.closer, words.farther, words.whole].forEach((text, k) => {
        buttons[k].setAttribute("aria-label", text);
        buttons[k].title = text;
      });
    },
    paint(paint, time, town) {
      last = { paint, time, town };
      repaint();
    },
    say: (text) => canvas.setAttribute("aria-label", text),
    remove: () => sheet.remove(),
  };
};

export const told = (paint, time, m) => `${number(paint.value(time, m), paint.digits, { sign: paint.isApart })} ${paint.unit}`;
