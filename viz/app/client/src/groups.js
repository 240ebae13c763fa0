// A difference by group: all on one scale, with interval and number of members.
import { interval, room } from "./interval.js";
import { h, number } from "./widget.js";

export const groups = (el) => {
  const box = h("section", { class: "chart groups" });
  el.append(box);
  return {
    update(spec) {
      const scale = room(spec.rows);
      const signed = (value) => number(value, spec.digits, { sign: true });
      const row = (one) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, one.title),
          h("td", {}, number(one.count, 0)),
          h("td", { class: "gap" }, h("strong", {}, signed(one.mean)), interval(one, scale), h("span", { class: "ends" }, one.low === null ? "" : `${signed(one.low)} ${spec.to} ${signed(one.high)}`)),
        );
      box.replaceChildren(
        h("h3", {}, spec.title),
        h("p", { class: "about" }, spec.about),
        h(
          "div",
          { class: "scroll", tabindex: 0, role: "region", "aria-label": spec.title },
          h("table", {}, h("thead", {}, h("tr", {}, spec.heads.map((text) => h("th", { scope: "col" }, text)))), h("tbody", {}, spec.rows.map(row))),
        ),
        h("p", { class: "note" }, spec.note),
      );
      box.dataset.answer = spec.answer;
    },
  };
};
