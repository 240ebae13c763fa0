// The governance graph: the state in the middle, counties around it, municipalities outside; ties that come and go.
import { canvasesIn, changes } from "./canvas.js";
import { colours } from "./film.js";
import { h } from "./widget.js";
import { crowd } from "./crowd.js";

const LABEL = 72; // px beside the disc for the names of counties
const TURN = Math.PI * 2;
const BEND = 0.5; // how far a cooperation bends towards the middle, at most
const NAMED = 40; // municipalities up to which each has its name beside it

const ROW = 13; // px between two lines of a name

const lines = (name) => (name.length > 11 ? name.split(/ (?=\S+$)/) : [name]);

export const graph = (choose, point) => {
  const box = h("div", { class: "graph-box" });
  let atlas = null;
  let last = null; // what was painted last: { paint, time, town, people }
  let words = {};
  let network = 0;
  let painted = ""; // everything that is drawn hangs on, but the classes
  let classes = new Int8Array(0);
  const sheet = canvasesIn(box, () => repaint());
  const { canvas } = sheet;
  let pen = sheet.under; // the ties are below, the nodes above

  const isNamed = () => atlas.numbers.length <= NAMED;
  const frame = () => {
    const side = isNamed() ? LABEL + 12 : LABEL;
    const radius = Math.max(60, Math.min((sheet.width - 2 * side) / 2, (sheet.height - 56) / 2));
    return last?.people
      ? { radius: radius * 0.86, x: sheet.width / 2, y: sheet.height * 0.44 } // room for individuals in the lower corners
      : { radius, x: sheet.width / 2, y: sheet.height / 2 };
  };
  const at = (list, k, { radius, x, y }) => [x + list[2 * k] * radius * 1.06, y + list[2 * k + 1] * radius * 1.06];
  const size = (radius) => {
    const count = atlas.numbers.length;
    return Math.min(10, Math.max(2.4, (TURN * 0.82 * radius * (count > 40 ? 3 : 1) * 0.4) / (count + 1.6 * atlas.counties.length)));
  };

  const line = (from, to) => {
    pen.beginPath();
    pen.moveTo(...from);
    pen.lineTo(...to);
    pen.stroke();
  };

  const bond = (a, b, where) => {
    const bend = Math.min(BEND, (0.45 * Math.hypot(a[0] - b[0], a[1] - b[1])) / where.radius);
    const control = [where.x + ((a[0] + b[0]) / 2 - where.x) * (1 - bend), where.y + ((a[1] + b[1]) / 2 - where.y) * (1 - bend)];
    pen.moveTo(...a);
    pen.quadraticCurveTo(...control, ...b);
  };

  // Cooperations in four lots, each one path: those of others, of the chosen one, new ones, ended ones.
  const bonds = (film, year, town, where, ink) => {
    const lots = { old: [], own: [], fresh: [], gone: [] };
    for (let k = 0; k < film.bonds.length; k += 4) {
      const [i, j, from, until] = film.bonds.subarray(k, k + 4);
      if (from > year || until < year) continue;
      const isOwn = i === town || j === town;
      if (until <= year) lots.gone.push([i, j]);
      else if (from === year && year > 0) lots.fresh.push([i, j]);
      else (isOwn ? lots.own : lots.old).push([i, j]);
    }
    const isQuiet = town >= 0;
    const stroke = (lot, colour, width, alpha, dash = []) => {
      pen.beginPath();
      for (const [i, j] of lot) bond(at(atlas.towns, i, where), at(atlas.towns, j, where), where);
      pen.strokeStyle = colour;
      pen.lineWidth = width;
      pen.globalAlpha = alpha;
      pen.setLineDash(dash);
      pen.stroke();
    };
    stroke(lots.old, ink.muted, 1, isQuiet ? 0.22 : 0.5);
    stroke(lots.gone, ink.goal, 1.6, 0.9, [4, 3]);
    stroke(lots.fresh, ink.accent, 2, isQuiet ? 0.6 : 1);
    stroke(lots.own, ink.ink, 2, 1);
    pen.setLineDash([]);
    pen.globalAlpha = 1;
  };

  const ties = (film, year, where, ink) => {
    pen.lineWidth = 1;
    for (let c = 0; c < atlas.counties.length / 2; c += 1) {
      pen.strokeStyle = ink.axis;
      line(at(atlas.state, 0, where), at(atlas.counties, c, where));
    }
    for (const isMember of [false, true]) {
      pen.beginPath();
      for (let m = 0; m < atlas.numbers.length; m += 1) {
        if (film.stageOf(year, m, network) > 0 !== isMember) continue;
        pen.moveTo(...at(atlas.counties, atlas.county_of[m], where));
        pen.lineTo(...at(atlas.towns, m, where));
      }
      pen.strokeStyle = isMember ? ink["factor-III"] : ink.rule;
      pen.lineWidth = isMember ? 0.9 : 0.8;
      pen.globalAlpha = isMember ? 0.55 : 0.9;
      pen.stroke();
    }
    pen.globalAlpha = 1;
  };

  const disc = ([x, y], r, colour, edge, width = 1) => {
    pen.beginPath();
    pen.arc(x, y, r, 0, TURN);
    pen.fillStyle = colour;
    pen.fill();
    if (!edge) return;
    pen.strokeStyle = edge;
    pen.lineWidth = width;
    pen.stroke();
  };

  const beside = (name, dx, dy, far, where) => {
    const text = lines(name);
    pen.textAlign = Math.abs(dx) < (isNamed() ? 0.06 : 0.24) ? "center" : dx > 0 ? "left" : "right";
    const y = where.y + dy * (far + 5) - ((text.length - 1) * ROW) / 2;
    text.forEach((part, k) => pen.fillText(part, where.x + dx * far, y + k * ROW));
  };

  // Names stand outside the ring: of the municipalities where there are few, else of the counties.
  const names = (where, ink, r) => {
    pen.font = `600 ${sheet.width < 420 ? 10 : 11.5}px ${getComputedStyle(box).fontFamily}`;
    pen.fillStyle = ink.ink;
    pen.textBaseline = "middle";
    const list = isNamed() ? atlas.towns : atlas.counties;
    (isNamed() ? atlas.names : atlas.countyNames).forEach((name, k) => {
      const away = Math.hypot(list[2 * k], list[2 * k + 1]);
      const far = isNamed() ? away * where.radius * 1.06 + r + 7 : where.radius * 1.02 + 10;
      beside(name, list[2 * k] / away, list[2 * k + 1] / away, far, where);
    });
    if (!isNamed()) return;
    pen.textAlign = "center";
    atlas.countyNames.forEach((name, c) => {
      const [x, y] = at(atlas.counties, c, where);
      pen.lineWidth = 4;
      pen.lineJoin = "round";
      pen.strokeStyle = ink.paper;
      pen.strokeText(name, x, y + 17);
      pen.fillText(name, x, y + 17);
    });
  };

  const TOKENS = ["paper", "page", "ink", "muted", "axis", "rule", "goal", "accent", "factor-I", "factor-III"];

  // Once a year everything; between two years only municipalities whose class has changed.
  const repaint = () => {
    if (!atlas || !last || sheet.width < 1) return;
    const { paint, time, town, people } = last;
    const film = paint.source;
    const year = Math.floor(time);
    const where = frame();
    const ink = Object.fromEntries(colours(TOKENS).map((colour, k) => [TOKENS[k], colour]));
    const fills = colours(paint.tokens);
    const key = [atlas.id, film.id, year, town, people?.id, sheet.width, sheet.height, sheet.ratio, fills, ink.paper, words.state].join();
    const isNew = key !== painted;
    painted = key;
    if (isNew) below(film, year, where, ink, town);
    pen = sheet.over;
    const r = size(where.radius);
    const spot = (m) => at(atlas.towns, m, where);
    if (isNew) sheet.clear(pen);
    for (const m of changes(classes, paint, time, isNew)) {
      if (isNew && film.hasArena(year, m)) disc(spot(m), r + 1.6, ink.paper, ink["factor-I"], 1.2);
      disc(spot(m), r, fills[classes[m]], ink.axis, 0.6);
    }
    if (isNew && town >= 0) chosen(film, town, year, where, ink, r, people);
  };

  const below = (film, year, where, ink, town) => {
    pen = sheet.under;
    sheet.clear(pen);
    ties(film, year, where, ink);
    bonds(film, year, town, where, ink);
    for (let c = 0; c < atlas.counties.length / 2; c += 1) disc(at(atlas.counties, c, where), Math.max(5, where.radius * 0.035), ink.paper, ink["factor-III"], 2);
    const state = at(atlas.state, 0, where);
    disc(state, Math.max(13, where.radius * 0.085), ink.ink);
    pen.fillStyle = ink.paper;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.font = `700 ${Math.max(9, where.radius * 0.048)}px ${getComputedStyle(box).fontFamily}`;
    pen.fillText(words.state, state[0], state[1] + 0.5);
    names(where, ink, size(where.radius));
  };

  const chosen = (film, town, year, where, ink, r, people) => {
    const spot = at(atlas.towns, town, where);
    pen.beginPath();
    pen.arc(...spot, r + 4, 0, TURN);
    pen.strokeStyle = ink.ink;
    pen.lineWidth = 2.4;
    pen.stroke();
    if (!isNamed()) label(spot, town, where, ink, r);
    if (people) crowd(pen, { people, spot, words, year, hasArena: film.hasArena(year, town), width: sheet.width, height: sheet.height });
  };

  const label = (spot, town, where, ink, r) => {
    pen.font = `700 12.5px ${getComputedStyle(box).fontFamily}`;
    pen.textAlign = spot[0] < where.x ? "left" : "right";
    pen.textBaseline = "middle";
    const by = spot[0] < where.x ? r + 8 : -r - 8;
    pen.lineWidth = 4;
    pen.strokeStyle = ink.paper;
    pen.lineJoin = "round";
    pen.strokeText(atlas.names[town], spot[0] + by, spot[1]);
    pen.fillStyle = ink.ink;
    pen.fillText(atlas.names[town], spot[0] + by, spot[1]);
  };

  const townAt = (event) => {
    if (!atlas) return -1;
    const area = canvas.getBoundingClientRect();
    const where = frame();
    const reach = size(where.radius) + 4;
    let best = -1;
    let nearest = reach;
    for (let m = 0; m < atlas.numbers.length; m += 1) {
      const [x, y] = at(atlas.towns, m, where);
      const far = Math.hypot(event.clientX - area.left - x, event.clientY - area.top - y);
      if (far <= nearest) [best, nearest] = [m, far];
    }
    return best;
  };
  canvas.addEventListener("pointermove", (event) => point(townAt(event), event));
  canvas.addEventListener("pointerleave", (event) => point(-1, event));
  canvas.addEventListener("click", (event) => choose(townAt(event)));

  return {
    node: box,
    update(next, nextWords, nextNetwork) {
      [atlas, words, network] = [next, nextWords, nextNetwork];
      if (classes.length !== atlas.numbers.length) classes = new Int8Array(atlas.numbers.length);
      painted = "";
    },
    paint(paint, time, town, people) {
      last = { paint, time, town, people };
      repaint();
    },
    say: (text) => canvas.setAttribute("aria-label", text),
    remove: () => sheet.remove(),
  };
};

// Cooperations in a year.
export const bondsIn = (film, year, town = -1) => {
  let count = 0;
  for (let k = 0; k < film.bonds.length; k += 4) {
    const isThere = film.bonds[k + 2] <= year && film.bonds[k + 3] > year;
    if (isThere && (town < 0 || film.bonds[k] === town || film.bonds[k + 1] === town)) count += 1;
  }
  return count;
};
