// A table of boxes, one row a thing and one column a year: colour is the stage, fullness how far it is lived.
import { h } from "./widget.js";

export const grid = (el) => {
  const box = h("div", { class: "grid-frame" });
  el.append(box);
  return {
    update(spec) {
      const top = box.querySelector(".grid-scroll")?.scrollLeft ?? 0;
      const legend = h(
        "p",
        { class: "grid-legend" },
        spec.stages.map((title, i) => h("span", {}, h("i", { class: `stage-${i}`, style: "--full: 1", "aria-hidden": "true" }), title)),
      );
      const head = h("tr", {}, h("th", { scope: "col" }, h("span", { class: "unseen" }, spec.words.what)), spec.years.map((y) => h("th", { scope: "col", class: y % 5 ? "minor" : "" }, h("span", {}, String(y)))));
      const rows = spec.rows.map((row) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, row.title),
          row.stage.map((stage, i) => {
            const told = `${row.title}, ${spec.years[i]}: ${spec.stages[stage]}${stage ? `, ${spec.words.practice.replace("{p}", Math.round(100 * row.practice[i]))}` : ""}`;
            return h("td", { title: told }, h("i", { class: `stage-${stage}`, style: `--full: ${row.practice[i].toFixed(2)}` }), h("span", { class: "unseen" }, told.split(": ").at(-1)));
          }),
        ),
      );
      const scroll = h("div", { class: "grid-scroll", tabindex: "0", role: "region", "aria-label": spec.title }, h("table", { class: "grid" }, h("caption", { class: "unseen" }, spec.title), h("thead", {}, head), h("tbody", {}, rows)));
      box.replaceChildren(h("h3", {}, spec.title), h("p", { class: "about" }, spec.about), legend, scroll);
      scroll.scrollLeft = top;
    },
  };
};
