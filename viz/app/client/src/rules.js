// Two designs statement by statement: what changed, what stands in one only, and, folded, what both say.
import { h } from "./widget.js";

const ORDER = ["changed", "removed", "added"];

export const rules = (el) => {
  const box = h("section", { class: "rules" });
  el.append(box);

  const entry = (row) =>
    h(
      "li",
      { class: `clause ${row.what}` },
      h("div", { class: "side-a" }, row.a),
      h("div", { class: "side-b" }, row.b, row.parts.length ? h("ul", { class: "parts" }, row.parts.map((text) => h("li", {}, text))) : null),
    );

  const part = (what, rows, words) =>
    rows.length ? [h("h3", {}, words[what], h("span", { class: "many" }, String(rows.length))), h("ul", { class: "statements" }, rows.map(entry))] : [];

  return {
    update(spec) {
      const of = (what) => spec.rows.filter((row) => row.what === what);
      const same = of("same");
      box.replaceChildren(
        h("h2", {}, spec.title),
        h("div", { class: "clause heads", "aria-hidden": "true" }, ...spec.designs.map((title, i) => h("div", { class: `side-${"ab"[i]} key-${"ab"[i]}` }, h("b", {}, "AB"[i]), ` ${title}`))),
        ...ORDER.flatMap((what) => part(what, of(what), spec.words)),
        spec.rows.length === same.length ? h("p", { class: "note" }, spec.words.none) : "",
        same.length ? h("details", { class: "both" }, h("summary", {}, spec.words.same, h("span", { class: "many" }, String(same.length))), h("ul", { class: "statements" }, same.map(entry))) : "",
      );
    },
  };
};
