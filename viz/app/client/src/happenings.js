// What happened: of one year for the whole place, where the same thing is told once; or the whole story of one municipality.
import { fill } from "./film.js";
import { h } from "./widget.js";

const SHOWN = 40; // names listed before the rest is a number

const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);

export const feed = (choose, goTo) => {
  const heading = h("h2");
  const chips = h("div", { class: "chips", role: "group" });
  const list = h("ol", { class: "happenings", tabindex: 0 });
  const node = h("section", { class: "news" }, h("div", { class: "news-head" }, heading, chips), list);
  let told = null;
  let film = null;
  let words = {};
  let off = new Set();
  let painted = "";
  let kept = ""; // the story whose rows stand there
  let towns = 0;

  const pick = (actor) => {
    choose(actor);
    list.focus({ preventScroll: true }); // what was clicked is gone: its story stands there now
  };
  const rangeOf = (year) => {
    const years = film.event_year;
    let low = 0;
    let high = years.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (years[middle] < year) low = middle + 1;
      else high = middle;
    }
    let end = low;
    while (end < years.length && years[end] === year) end += 1;
    return [low, end];
  };
  const groupOf = (k) => told.deeds[film.event_deed[k]][0];
  const isOn = (k) => !off.has(told.groups[groupOf(k)].name);
  const who = (actor, isLink = true) =>
    actor < towns && isLink
      ? h("button", { type: "button", class: "link", on: { click: () => pick(actor) } }, told.actors[actor])
      : h("span", { class: "who" }, sentence(told.actors[actor]));
  const because = (k) => {
    const text = told.reasons[film.event_reason[k]];
    return text ? h("span", { class: "reason" }, text) : null;
  };
  const did = (k) => {
    const [, text, sign] = told.deeds[film.event_deed[k]];
    return [`${sign} `, h("span", {}, text)];
  };
  const mark = (k) => h("span", { class: `sort sort-${told.groups[groupOf(k)].name}`, title: told.groups[groupOf(k)].title });

  const one = (k) => h("li", {}, mark(k), h("div", {}, who(film.event_actor[k]), ...did(k), because(k)));

  const many = (events) => {
    const reasons = new Map();
    for (const k of events) {
      const reason = told.reasons[film.event_reason[k]];
      if (reason) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
    const [reason] = [...reasons].sort((a, b) => b[1] - a[1])[0] ?? [""];
    const isPairs = told.groups[groupOf(events[0])].name === "cooperation";
    const isCounties = film.event_actor[events[0]] >= towns;
    const count = fill(isPairs ? words.pairs : isCounties ? words.counties : words.many, { n: events.length });
    const names = h("p", { class: "names" });
    const details = h(
      "details",
      {},
      h("summary", {}, h("b", {}, count), ...did(events[0])),
      names,
    );
    details.addEventListener("toggle", () => {
      if (!details.open || names.firstChild) return;
      const shown = events.slice(0, SHOWN);
      shown.forEach((k, nth) => {
        if (nth) names.append(", ");
        names.append(who(film.event_actor[k]));
        if (isPairs) names.append(` ${told.reasons[film.event_reason[k]]}`);
      });
      if (events.length > SHOWN) names.append(` + ${events.length - SHOWN}`);
    });
    const most = reason && !isPairs && reasons.get(reason) * 2 >= events.length ? h("span", { class: "reason" }, fill(words.mostly, { reason })) : null;
    return h("li", {}, mark(events[0]), h("div", {}, details, most));
  };

  const ofYear = (year) => {
    const [low, end] = rangeOf(year);
    const lots = new Map();
    for (let k = low; k < end; k += 1) {
      if (!isOn(k)) continue;
      const isCounty = film.event_actor[k] >= towns;
      const key = film.event_deed[k] * 2 + Number(isCounty);
      if (!lots.has(key)) lots.set(key, []);
      lots.get(key).push(k);
    }
    const state = told.actors.length - 1;
    const first = (lot) => (film.event_actor[lot[0]] === state ? 0 : 1);
    const ordered = [...lots.values()].sort((a, b) => first(a) - first(b) || b.length - a.length || groupOf(a[0]) - groupOf(b[0]));
    return ordered.flatMap((lot) => (lot.length > 2 ? [many(lot)] : lot.map(one)));
  };

  const ofTown = (town, year) => {
    const rows = [];
    const partner = (k) => told.groups[groupOf(k)].name === "cooperation" && told.reasons[film.event_reason[k]].endsWith(` ${told.actors[town]}`);
    let at = -1;
    for (let k = 0; k < film.event_year.length; k += 1) {
      if ((film.event_actor[k] !== town && !partner(k)) || !isOn(k)) continue;
      const then = film.event_year[k];
      const isNewYear = then !== at;
      at = then;
      const text =
        film.event_actor[k] === town
          ? [h("span", {}, sentence(told.deeds[film.event_deed[k]][1])), because(k)]
          : [who(film.event_actor[k]), ...did(k), because(k)];
      rows.push(
        h(
          "li",
          { class: then === year ? "now" : then > year ? "later" : null, "data-year": then },
          isNewYear ? h("button", { type: "button", class: "when", on: { click: () => goTo(film.years[then]) } }, String(film.years[then])) : h("span", { class: "when" }),
          mark(k),
          h("div", {}, text),
        ),
      );
    }
    return rows;
  };

  const paint = (year, town) => {
    const key = `${told?.id} ${year} ${town} ${[...off].sort()}`;
    if (!told || !film || key === painted) return;
    const story = town >= 0 ? `${told.id} ${town} ${[...off].sort()}` : "";
    painted = key;
    heading.textContent = town >= 0 ? `${words.feed}: ${told.actors[town]}` : `${words.feed}, ${film.years[year]}`;
    list.classList.toggle("of-town", town >= 0);
    if (story && story === kept) {
      for (const row of list.children) {
        const then = Number(row.dataset.year);
        row.className = then === year ? "now" : then > year ? "later" : "";
      }
    } else {
      const rows = town >= 0 ? ofTown(town, year) : ofYear(year);
      list.replaceChildren(...(rows.length ? rows : [h("li", { class: "none" }, words.nothing_happened)]));
    }
    kept = story;
    const now = [...list.children].filter((row) => row.dataset.year !== undefined && Number(row.dataset.year) <= year).at(-1);
    if (town < 0) list.scrollTop = 0;
    else if (now) list.scrollTop = Math.max(0, now.offsetTop - list.offsetTop - list.clientHeight * 0.6);
  };

  return {
    node,
    update(nextTold, nextFilm, nextWords, repaint) {
      if (nextTold === told && nextFilm === film) return;
      [told, film, words] = [nextTold, nextFilm, nextWords];
      towns = film.towns;
      painted = kept = "";
      list.setAttribute("aria-label", words.feed);
      chips.setAttribute("aria-label", words.filter);
      chips.replaceChildren(
        ...told.groups.map(({ name, title }) => {
          const chip = h("button", { type: "button", class: `chip sort-${name}`, "aria-pressed": String(!off.has(name)) }, h("span", { class: `sort sort-${name}`, "aria-hidden": "true" }), title);
          chip.addEventListener("click", () => {
            off.has(name) ? off.delete(name) : off.add(name);
            chip.setAttribute("aria-pressed", String(!off.has(name)));
            repaint();
          });
          return chip;
        }),
      );
    },
    paint,
  };
};
