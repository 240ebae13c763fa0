// The stage: a player over a map and a graph, with the feed and the chosen municipality beside them.
import { fill, filmOf, paintOf } from "./film.js";
import { feed } from "./happenings.js";
import { bondsIn, graph } from "./graph.js";
import { map, told as valueOf } from "./map.js";
import { meanUse } from "./crowd.js";
import { player } from "./player.js";
import { CHANGED, found } from "./reel.js";
import { legend } from "./legend.js";
import { behind } from "./behind.js";
import { segments } from "./segments.js";
import { town as townOf } from "./town.js";
import { h, number } from "./widget.js";

const NARROW = 860; // px up to which what is asked stands above the stage, and the municipality beside the pictures
const WIDE = 900; // px from which both pictures stand side by side

export const watch = (el, say) => {
  let spec = null;
  let atlas = null;
  let film = null;
  let other = null;
  let paint = null;
  let shadeName = "";
  let view = "both";
  let shown = "this";
  let town = -1;
  let isCrowd = false;
  let isReady = false;
  const told = {}; // what was said of each choice and has not come back yet
  const seen = {}; // what the spec said last of each choice
  const opened = new WeakMap(); // raw buffer -> film

  const tell = (event) => {
    for (const [name, value] of Object.entries(event)) told[name] = [...(told[name] ?? []).slice(-9), value];
    say(event);
  };
  const choose = (m) => {
    if (m === town) return;
    town = m;
    isCrowd = false;
    isStirred = true;
    tell({ town: m < 0 ? "" : atlas.numbers[m], people: "" });
    draw();
  };
  const play = player({ shown: () => draw(), settled: (year) => (tell({ year }), table.update()) });
  const tip = h("div", { class: "tip", role: "status", "aria-live": "off", hidden: true });
  const point = (m, event) => {
    tip.hidden = m < 0;
    if (m < 0) return;
    const area = pictures.getBoundingClientRect();
    tip.replaceChildren(h("strong", {}, atlas.names[m]), h("span", {}, atlas.countyNames[atlas.county_of[m]]), h("b", {}, valueOf(paint, play.time, m)));
    const left = Math.min(event.clientX - area.left + 14, area.width - tip.offsetWidth - 4);
    tip.style.transform = `translate(${left}px, ${event.clientY - area.top + 14}px)`;
  };
  const land = map(choose, point);
  const net = graph(choose, point);
  const side = townOf(choose, {
    people: () => {
      isCrowd = !isCrowd;
      if (isCrowd && view === "map") turn("graph");
      tell({ people: isCrowd ? atlas.numbers[town] : "" });
      isStirred = true;
      draw();
    },
    why: () => say({ why: atlas.numbers[town] }),
  });
  const news = feed(choose, (year) => play.goTo(year));
  const key = legend();
  const table = behind(choose, () => (film ? { atlas, film, paint, year: play.year, time: Math.floor(play.time), words: spec.words, shade: spec.shades[shadeName] } : null));

  const measure = h("select", { id: "watch-measure", on: { change: () => (tell({ measure: measure.value }), recolour()) } });
  const measureLabel = h("label", { for: measure.id });
  const turn = (name) => {
    view = name;
    tell({ view });
    layout();
  };
  const views = segments((name) => turn(name));
  const designs = segments((name) => {
    shown = name;
    tell({ shown });
    recolour();
  });
  const note = h("p", { class: "stage-note", role: "status" });
  const pictures = h("div", { class: "pictures" }, land.node, net.node, tip);
  const panel = h(
    "section",
    { class: "panel" },
    h("div", { class: "panel-head" }, h("div", { class: "colouring" }, measureLabel, measure), designs.node, views.node),
    note,
    pictures,
    key.node,
    table.node,
  );
  const aside = h("div", { class: "beside" }, side.node, news.node);
  const stage = h("div", { class: "watch" }, play.node, h("div", { class: "scene" }, panel, aside));
  el.append(stage);

  const wide = () => pictures.clientWidth >= WIDE;
  const arrange = () => {
    const host = window.innerWidth > NARROW ? document.querySelector(".watch-side") : null;
    if (side.node.parentNode !== (host ?? aside)) (host ?? aside).prepend(side.node);
    const both = view === "both";
    const isMap = view === "map" || both;
    const isGraph = view === "graph" || (both && wide());
    land.node.hidden = !isMap;
    net.node.hidden = !isGraph;
    pictures.classList.toggle("both", isMap && isGraph);
    key.node.classList.toggle("with-graph", isGraph);
    views.update([["both", spec.words.both], ["map", spec.words.map], ["graph", spec.words.graph]].filter(([name]) => name !== "both" || wide()), isMap && isGraph ? "both" : isMap ? "map" : "graph", spec.words.view);
  };
  const layout = () => {
    arrange();
    draw();
  };
  const watchSize = new ResizeObserver(() => isReady && layout());
  watchSize.observe(pictures);

  const crowdNow = () => {
    const people = isCrowd && town >= 0 ? found(spec.reels.people) : null;
    return people?.town === atlas.numbers[town] ? people : null;
  };
  const crowdSaid = (people, year) =>
    people
      ? [
          fill(spec.words.citizens_about, { n: number(people.citizens[0], 0), weight: number(people.weight, 0), mean: number(meanUse(people, year), 1) }),
          fill(spec.words.businesses_about, { n: number(people.businesses[0], 0) }),
        ].join(". ") + "."
      : "";

  let painted = -1;
  let isStirred = false; // something else than the year has changed
  let stories = []; // what is told of either film
  let noted = ""; // which design is shown
  const draw = () => {
    if (!isReady) return;
    const time = play.time;
    const year = Math.floor(time);
    const people = crowdNow();
    if (!land.node.hidden) land.paint(paint, time, town);
    if (!net.node.hidden) net.paint(paint, time, town, people);
    stage.frames = (stage.frames ?? 0) + 1; // what tests count
    if (painted !== year || !play.isPlaying || isStirred) {
      isStirred = false;
      stage.dataset.year = film.years[year];
      side.paint(paint.source, town, year, people !== null);
      news.paint(year, town);
      note.textContent = crowdSaid(people, year) || noted;
      note.hidden = !note.textContent;
      painted = year;
      key.paint(paint, year, film.towns);
      const words = { year: film.years[year], title: spec.shades[shadeName].title, counties: atlas.countyNames.length, towns: film.towns, bonds: bondsIn(paint.source, year) };
      land.say(fill(spec.words.map_alt, words));
      net.say(fill(spec.words.graph_alt, words));
    }
  };

  const recolour = () => {
    shadeName = measure.value || shadeName;
    const shade = spec.shades[shadeName];
    paint = paintOf(shade, film, other, shown);
    const [first, second] = spec.designs;
    const names = paint.isApart ? fill(spec.words.apart_about, { first, second }) : paint.source === other ? `B: ${second}` : `A: ${first}`;
    noted = spec.designs.length < 2 ? "" : other ? names : spec.words.waits;
    const about = { title: `${shade.title}, ${paint.unit}`, ...spec.words };
    key.update(paint, about);
    designs.update(spec.designs.length < 2 ? [] : [["this", "A"], ["other", "B"], ["apart", spec.words.apart]], shown, spec.words.shown, { this: first, other: second });
    isStirred = true;
    news.update(...(paint.source === other ? [stories[1], other] : [stories[0], film]), spec.words, draw);
    table.update();
    draw();
  };

  const open = (raw) => {
    if (!raw) return null;
    if (!opened.has(raw)) opened.set(raw, filmOf(raw));
    return opened.get(raw);
  };

  const ADOPT = {
    measure: (value) => (shadeName = value),
    view: (value) => (view = value),
    shown: (value) => (shown = value),
    town: (value) => (town = atlas.numbers.indexOf(value)),
    year: (value) => value && play.place(value),
  };

  // Take over what the spec says, except where it merely repeats, perhaps late, what was said from here.
  const follow = (chosen) => {
    for (const [name, adopt] of Object.entries(ADOPT)) {
      const value = chosen[name];
      if (value === seen[name]) continue;
      seen[name] = value;
      const said = (told[name] ??= []);
      const at = said.indexOf(value);
      said.splice(0, at < 0 ? said.length : at + 1);
      if (at < 0) adopt(value);
    }
    if (town >= atlas.numbers.length) town = -1;
  };

  const update = () => {
    if (!spec) return;
    const [nextAtlas, raw, words] = ["atlas", "film", "told"].map((part) => found(spec.reels[part]));
    if (!nextAtlas || !raw || !words) return; // the rest of the buffers is on its way
    isReady = false; // parts are told one by one; nothing is drawn in between
    atlas = nextAtlas;
    film = open(raw);
    const second = found(spec.reels.other);
    const retold = found(spec.reels.retold);
    other = second && retold ? open(second) : null;
    stories = [words, retold];
    paint = paintOf(spec.shades[spec.chosen.measure], film, other, shown);
    play.update(film.years, spec.words);
    follow(spec.chosen);
    measureLabel.textContent = spec.words.colour;
    measure.replaceChildren(...spec.shadeGroups.map((group) => h("optgroup", { label: group.title }, group.options.map(([name, title]) => h("option", { value: name }, title)))));
    measure.value = shadeName;
    land.update(atlas, spec.words);
    net.update(atlas, spec.words, spec.network);
    side.update(spec, atlas, spec.words);
    arrange();
    isReady = true;
    recolour();
    stage.dataset.film = film.id;
  };

  const theme = () => isReady && recolour();
  window.addEventListener(CHANGED, update);
  window.addEventListener("lab-theme", theme);
  return {
    update(next) {
      spec = next;
      update();
    },
    remove() {
      window.removeEventListener(CHANGED, update);
      window.removeEventListener("lab-theme", theme);
      watchSize.disconnect();
      side.node.remove();
      for (const part of [play, land, net]) part.remove();
    },
  };
};
