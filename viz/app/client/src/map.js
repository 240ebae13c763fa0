// The map: outlines filled by class, county borders, the chosen municipality; closer and farther, and what lies under the pointer.
import { canvasIn } from "./canvas.js";
import { colours } from "./film.js";
import { h, number } from "./widget.js";

const MARGIN = 8;
const CLOSEST = 12;

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
  return { paths, all, borders, boxes };
};

export const map = (choose, point) => {
  const box = h("div", { class: "map-box" });
  const tools = h("div", { class: "map-tools" });
  let atlas = null;
  let drawn = null;
  let last = null; // what was painted last: { paint, time, town }
  let zoom = 1;
  let shift = [0, 0];
  const sheet = canvasIn(box, () => repaint());
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

  const repaint = () => {
    if (!atlas || !last || sheet.width < 1) return;
    const { pen, ratio } = sheet;
    const [scale, left, top] = frame();
    const { paint, time, town } = last;
    const fills = colours(paint.tokens);
    const [paper, ink, axis] = colours(["paper", "ink", "axis"]);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, sheet.canvas.width, sheet.canvas.height);
    pen.setTransform(scale * ratio, 0, 0, scale * ratio, left * ratio, top * ratio);
    pen.lineJoin = "round";
    drawn.paths.forEach((path, m) => {
      pen.fillStyle = fills[paint.classOf(paint.value(time, m))];
      pen.fill(path);
    });
    pen.strokeStyle = paper;
    pen.lineWidth = 0.7 / scale;
    pen.stroke(drawn.all);
    pen.strokeStyle = axis;
    pen.lineWidth = 1.1 / scale;
    pen.stroke(drawn.borders);
    if (town >= 0) {
      pen.strokeStyle = paper;
      pen.lineWidth = 5 / scale;
      pen.stroke(drawn.paths[town]);
      pen.strokeStyle = ink;
      pen.lineWidth = 2.4 / scale;
      pen.stroke(drawn.paths[town]);
    }
  };

  const under = (event) => {
    if (!drawn) return -1;
    const area = sheet.canvas.getBoundingClientRect();
    const [scale, left, top] = frame();
    const x = (event.clientX - area.left - left) / scale;
    const y = (event.clientY - area.top - top) / scale;
    sheet.pen.setTransform(1, 0, 0, 1, 0, 0);
    return drawn.boxes.findIndex(([a, b, c, d], m) => x >= a && x <= c && y >= b && y <= d && sheet.pen.isPointInPath(drawn.paths[m], x, y));
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
    point(under(event), event);
  });
  canvas.addEventListener("pointerleave", (event) => point(-1, event));
  canvas.addEventListener("pointerup", (event) => {
    if (held && !held.isMoved) choose(under(event));
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
      if (drawn) repaint();
    },
    say: (text) => canvas.setAttribute("aria-label", text),
    remove: () => sheet.remove(),
  };
};

export const told = (paint, time, m) => `${number(paint.value(time, m), paint.digits, { sign: paint.isApart })} ${paint.unit}`;
