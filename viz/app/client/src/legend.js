// What the colours mean: a swatch for each class, what it holds, and how many municipalities are in it this year.
import { h, number } from "./widget.js";

export const legend = () => {
  const title = h("p", { class: "legend-title" });
  const list = h("ul", { class: "classes" });
  const marks = h("ul", { class: "marks" });
  const node = h("div", { class: "legend" }, title, list, marks);
  let counts = [];
  let words = {};

  return {
    node,
    update(paint, about) {
      words = about;
      title.textContent = about.title;
      list.setAttribute("aria-label", about.legend);
      counts = paint.tokens.map(() => h("span", { class: "count" }));
      list.replaceChildren(
        ...paint.tokens.map((token, k) => h("li", {}, h("span", { class: "swatch", style: `background: var(--${token})` }), h("span", { class: "label" }, paint.labels[k]), counts[k])),
      );
      marks.replaceChildren(
        ...[["bond", about.cooperates], ["fresh", about.new], ["gone", about.ended], ["net", about.member], ["ring", about.arena]].map(([name, text]) => h("li", {}, h("span", { class: `mark-${name}` }), text)),
      );
    },
    paint(paint, year, towns) {
      const found = new Array(paint.tokens.length).fill(0);
      for (let m = 0; m < towns; m += 1) found[paint.classOf(paint.value(year, m))] += 1;
      found.forEach((count, k) => {
        counts[k].textContent = number(count, 0);
        counts[k].title = words.municipalities;
      });
    },
  };
};
