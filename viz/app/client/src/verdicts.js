// The verdict on two designs: a row a measure, with both values, the difference and its interval, and how sure it is.
import { interval, room } from "./interval.js";
import { h, number } from "./widget.js";

const finer = (row) => row.digits + (Math.abs(row.mean) < 100 ? 1 : 0); // a difference has a digit more, unless it is large
const between = (row, to) =>
  row.low === null ? "" : `${number(row.low, finer(row), { sign: true })} ${to} ${number(row.high, finer(row), { sign: true })}`;

export const verdicts = (el, say) => {
  const box = h("section", { class: "verdicts" });
  el.append(box);

  const name = (row, words) =>
    h(
      "button",
      { type: "button", class: "measure", "data-measure": row.name, "aria-pressed": String(row.isChosen), title: words.show, on: { click: () => say({ measure: row.name }) } },
      row.title,
    );

  const line = (row, words) =>
    h(
      "tr",
      { class: row.isChosen ? "chosen" : null },
      h("th", { scope: "row" }, name(row, words), h("span", { class: "unit" }, row.unit)),
      row.values.map((value) => h("td", { class: "value" }, number(value, row.digits))),
      h(
        "td",
        { class: "gap" },
        h("strong", {}, number(row.mean, finer(row), { sign: true })),
        interval(row, room([row]), row.tone),
        h("span", { class: "ends" }, between(row, words.to)),
      ),
      h("td", { class: `sure ${row.tone}` }, h("strong", {}, row.worlds), h("span", {}, row.sure)),
    );

  return {
    update(spec) {
      const at = [...box.querySelectorAll("button")].indexOf(document.activeElement);
      const head = [
        h("th", { scope: "col" }, spec.words.measure),
        ...spec.designs.map((title, i) => h("th", { scope: "col", class: `value key-${"ab"[i]}` }, h("b", {}, "AB"[i]), ` ${title}`)),
        h("th", { scope: "col", class: "gap" }, spec.words.gap_head),
        h("th", { scope: "col" }, spec.words.worlds_head),
      ];
      box.replaceChildren(
        h("p", { class: "about" }, spec.words.caption),
        h(
          "div",
          { class: "scroll", tabindex: 0, role: "region", "aria-label": spec.words.table_caption },
          h("table", {}, h("caption", { class: "unseen" }, spec.words.table_caption), h("thead", {}, h("tr", {}, head)), h("tbody", {}, spec.rows.map((row) => line(row, spec.words)))),
        ),
      );
      box.dataset.answer = spec.answer;
      if (at >= 0) box.querySelectorAll("button")[at]?.focus();
    },
  };
};
