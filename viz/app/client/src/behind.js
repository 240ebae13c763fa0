// The table behind the map: every municipality in the first year and in the year shown. Made only while it is open.
import { fill } from "./film.js";
import { h, number } from "./widget.js";

export const behind = (choose, now) => {
  const summary = h("summary");
  const inner = h("div", { class: "table", tabindex: 0, role: "region" });
  const node = h("details", { class: "behind" }, summary, inner);

  let painted = "";

  const update = () => {
    const seen = now();
    if (!seen) return;
    const { atlas, film, paint, year, time, words, shade } = seen;
    summary.textContent = words.table;
    inner.setAttribute("aria-label", `${words.table}: ${shade.title}`);
    const key = node.open ? `${film.id} ${paint.id} ${time} ${words.table}` : "";
    if (key === painted) return;
    painted = key;
    if (!node.open) return inner.replaceChildren();
    const write = (t, m) => number(paint.value(t, m), paint.digits, { sign: paint.isApart });
    const order = atlas.names.map((_, m) => m).sort((a, b) => atlas.names[a].localeCompare(atlas.names[b], "nb"));
    const head = [words.municipality, words.county, ...[film.years[0], year].map((y) => fill(words.now, { year: y }))];
    inner.replaceChildren(
      h(
        "table",
        {},
        h("caption", {}, `${shade.title}, ${paint.unit}`),
        h("thead", {}, h("tr", {}, head.map((text) => h("th", { scope: "col" }, text)))),
        h(
          "tbody",
          {},
          order.map((m) =>
            h(
              "tr",
              {},
              h("th", { scope: "row" }, h("button", { type: "button", class: "link", on: { click: () => choose(m) } }, atlas.names[m])),
              h("td", {}, atlas.countyNames[atlas.county_of[m]]),
              h("td", {}, write(0, m)),
              h("td", {}, write(time, m)),
            ),
          ),
        ),
      ),
    );
  };
  node.addEventListener("toggle", update);
  return { node, update };
};
