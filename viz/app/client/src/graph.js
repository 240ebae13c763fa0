// The governance graph: the state in the middle, counties around it, municipalities outside; ties that come and go.
import { canvasIn } from "./canvas.js";
import { colours } from "./film.js";
import { h } from "./widget.js";
import { crowd } from "./crowd.js";

const LABEL = 72; // px beside the disc for the names of counties
const TURN = Math.PI * 2;
const BEND = 0.45; // how far a cooperation bends towards the middle
const FADES = 1; // years in which a tie that ended fades

const lines = (name) => (name.length > 11 ? name.split(/ (?=\S+$)/) : [name]);

export const graph = (choose, point) => {
  const box = h("div", { class: "graph-box" });
  let atlas = null;
  let last = null; // what was painted last: { paint, time, town, people }
  let words = {};
  let network = 0;
  const sheet = canvasIn(box, () => repaint());
  const { canvas, pen } = sheet;

  const frame = () => {
    const side = atlas.counties.length > 2 ? LABEL : 24;
    const radius = Math.max(60, Math.min((sheet.width - 2 * side) / 2, (sheet.height - 56) / 2));
    return { radius, x: sheet.width / 2, y: sheet.height / 2 };
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
    const control = [where.x + ((a[0] + b[0]) / 2 - where.x) * (1 - BEND), where.y + ((a[1] + b[1]) / 2 - where.y) * (1 - BEND)];
    pen.moveTo(...a);
    pen.quadraticCurveTo(...control, ...b);
  };

  // Cooperations in four lots, each one path: those of others, of the chosen one, new ones, ended ones.
  const bonds = (film, time, town, where, ink) => {
    const year = Math.floor(time);
    const lots = { old: [], own: [], fresh: [], gone: [] };
    for (let k = 0; k < film.bonds.length; k += 4) {
      const [i, j, from, until] = film.bonds.subarray(k, k + 4);
      if (from > year || until + FADES <= time) continue;
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
      line([where.x, where.y], at(atlas.counties, c, where));
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

  const names = (where, ink) => {
    pen.font = `600 ${sheet.width < 420 ? 10 : 11.5}px ${getComputedStyle(box).fontFamily}`;
    pen.fillStyle = ink.ink;
    pen.textBaseline = "middle";
    const height = 13;
    for (let c = 0; c < atlas.counties.length / 2; c += 1) {
      const [dx, dy] = [atlas.counties[2 * c], atlas.counties[2 * c + 1]].map((v) => v / 0.4);
      const text = lines(atlas.countyNames[c]);
      const far = where.radius * 1.02 + 10;
      pen.textAlign = Math.abs(dx) < 0.28 ? "center" : dx > 0 ? "left" : "right";
      const y = where.y + dy * (far + 6) - ((text.length - 1) * height) / 2;
      text.forEach((part, k) => pen.fillText(part, where.x + dx * far, y + k * height));
    }
  };

  const repaint = () => {
    if (!atlas || !last || sheet.width < 1) return;
    const { paint, time, town, people } = last;
    const film = paint.source;
    const year = Math.floor(time);
    const where = frame();
    const names_ = ["paper", "page", "ink", "muted", "axis", "rule", "goal", "accent", "factor-I", "factor-III"];
    const ink = Object.fromEntries(colours(names_).map((colour, k) => [names_[k], colour]));
    const fills = colours(paint.tokens);
    pen.setTransform(sheet.ratio, 0, 0, sheet.ratio, 0, 0);
    pen.clearRect(0, 0, sheet.width, sheet.height);
    ties(film, year, where, ink);
    bonds(film, time, town, where, ink);
    const r = size(where.radius);
    for (let m = 0; m < atlas.numbers.length; m += 1) {
      const spot = at(atlas.towns, m, where);
      if (film.hasArena(year, m)) disc(spot, r + 1.6, ink.paper, ink["factor-I"], 1.2);
      disc(spot, r, fills[paint.classOf(paint.value(time, m))], ink.axis, 0.6);
    }
    for (let c = 0; c < atlas.counties.length / 2; c += 1) disc(at(atlas.counties, c, where), Math.max(5, where.radius * 0.035), ink.paper, ink["factor-III"], 2);
    disc([where.x, where.y], Math.max(13, where.radius * 0.085), ink.ink);
    pen.fillStyle = ink.paper;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.font = `700 ${Math.max(9, where.radius * 0.048)}px ${getComputedStyle(box).fontFamily}`;
    pen.fillText(words.state, where.x, where.y + 0.5);
    names(where, ink);
    if (town >= 0) chosen(film, town, time, where, ink, r, people);
  };

  const chosen = (film, town, time, where, ink, r, people) => {
    const spot = at(atlas.towns, town, where);
    pen.beginPath();
    pen.arc(...spot, r + 4, 0, TURN);
    pen.strokeStyle = ink.ink;
    pen.lineWidth = 2.4;
    pen.stroke();
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
    if (people) crowd(pen, { people, spot, words, year: Math.floor(time), hasArena: film.hasArena(Math.floor(time), town), width: sheet.width, height: sheet.height });
  };

  const under = (event) => {
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
  canvas.addEventListener("pointermove", (event) => point(under(event), event));
  canvas.addEventListener("pointerleave", (event) => point(-1, event));
  canvas.addEventListener("click", (event) => choose(under(event)));

  return {
    node: box,
    update(next, nextWords, nextNetwork) {
      [atlas, words, network] = [next, nextWords, nextNetwork];
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
