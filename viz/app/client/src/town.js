// The chosen municipality in the year shown, or the whole place: numbers, elements by year, and where to go from there.
import { bondsIn } from "./graph.js";
import { colours, fill } from "./film.js";
import { h, number } from "./widget.js";

const STAGES = ["scale-0", "scale-2", "scale-4", "scale-6"];

const figure = (value, unit) => h("div", { class: "fact" }, h("strong", {}, value), h("span", {}, unit));

export const town = (choose, hear) => {
  const chooser = h("select", { class: "town-choice", on: { change: () => choose(Number(chooser.value)) } });
  const facts = h("div", { class: "facts" });
  const strips = h("div", { class: "strips" });
  const people = h("button", { type: "button", class: "plain", on: { click: () => hear.people() } });
  const why = h("button", { type: "button", class: "plain why-link", on: { click: () => hear.why() } });
  const node = h("section", { class: "town" }, chooser, facts, strips, h("div", { class: "town-tools" }, why, people));
  let atlas = null;
  let words = {};
  let spec = null;
  let rows = [];
  let painted = "";

  const strip = (e) => {
    const canvas = h("canvas", { "aria-hidden": "true" });
    const stage = h("span", { class: "stage-now" });
    const name = h("span", { class: "element" }, spec.elements[e]);
    return { node: h("div", { class: "strip" }, name, canvas, stage), canvas, stage };
  };

  const paintStrip = ({ canvas, stage }, e, film, m, year) => {
    const width = (canvas.width = Math.max(1, Math.round(canvas.clientWidth * 2)));
    const height = (canvas.height = 20);
    const pen = canvas.getContext("2d");
    const fills = colours(STAGES);
    const [ink] = colours(["ink"]);
    const step = width / film.years.length;
    for (let y = 0; y < film.years.length; y += 1) {
      pen.globalAlpha = y > year ? 0.45 : 1;
      pen.fillStyle = fills[film.stageOf(y, m, e)];
      pen.fillRect(y * step, 0, Math.ceil(step) - 1, height);
    }
    pen.globalAlpha = 1;
    pen.fillStyle = ink;
    pen.fillRect((year + 0.5) * step - 1.5, 0, 3, height);
    const at = film.stageOf(year, m, e);
    const lived = number(film.practiceOf(year, m, e), 0);
    stage.textContent = at ? `${spec.stages[at]}, ${lived} %` : `${spec.stages[0]}`;
  };

  const ofTown = (film, m, year) => {
    const value = (name) => film.value(name, year, m);
    const change = -100 * value("reduction_share");
    facts.replaceChildren(
      figure(number(film.people(year, m), 0), words.inhabitants),
      figure(number(value("territorial_per_inhabitant"), 1), words.tonnes),
      figure(`${number(change, 0, { sign: true })} %`, fill(words.since_first, { year: film.years[0] })),
      figure(number(100 * value("institutionalisation"), 0), words.built_in),
      figure(number(value("champions"), 0), words.champions),
      figure(number(bondsIn(film, year, m), 0), words.partners),
    );
  };

  const ofPlace = (film, year) => {
    const of = (name) => film.nation[name][year];
    const change = -100 * of("reduction_share");
    facts.replaceChildren(
      figure(number(of("territorial_per_inhabitant"), 1), words.tonnes),
      figure(`${number(change, 0, { sign: true })} %`, fill(words.since_first, { year: film.years[0] })),
      figure(number(100 * of("institutionalisation"), 0), words.built_in),
      figure(`${number(100 * of("champion_share"), 0)} %`, words.with_champion),
      figure(`${number(100 * of("arena_held_share"), 0)} %`, words.with_arena),
      figure(number(of("cooperation_edges"), 0), words.bonds),
    );
  };

  return {
    node,
    update(next, nextAtlas, nextWords) {
      [spec, atlas, words] = [next, nextAtlas, nextWords];
      painted = "";
      const order = atlas.names.map((name, m) => [name, m]).sort((a, b) => a[0].localeCompare(b[0], "nb"));
      chooser.replaceChildren(h("option", { value: -1 }, words.choose), ...order.map(([name, m]) => h("option", { value: m }, name)));
      chooser.setAttribute("aria-label", words.municipality);
      rows = spec.elements.map((_, e) => strip(e));
      strips.replaceChildren(h("h2", {}, words.elements), ...rows.map((row) => row.node));
      why.textContent = words.why;
    },
    paint(film, m, year, hasCrowd) {
      const key = `${film.id} ${m} ${year} ${hasCrowd} ${strips.clientWidth} ${document.documentElement.dataset.theme}`;
      if (key === painted) return;
      painted = key;
      chooser.value = String(m);
      strips.hidden = m < 0;
      people.hidden = m < 0;
      why.hidden = m < 0 || !spec.hasWhy;
      people.textContent = hasCrowd ? words.hide_people : words.see_people;
      m < 0 ? ofPlace(film, year) : ofTown(film, m, year);
      if (m >= 0) rows.forEach((row, e) => paintStrip(row, e, film, m, year));
    },
  };
};
