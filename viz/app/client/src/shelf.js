// Cards to choose among: a number, a title, a lead, a line of facts. The whole card is one button.
import { h } from "./widget.js";

export const shelf = (el, say) => {
  const box = h("div", { class: "shelf" });
  el.append(box);
  return {
    update(spec) {
      box.replaceChildren(
        ...spec.cards.map((one, i) =>
          h(
            "button",
            { type: "button", class: "story", "data-name": one.name, on: { click: () => say({ name: one.name }) } },
            h("span", { class: "story-number", "aria-hidden": "true" }, String(i + 1)),
            h("span", { class: "story-title" }, one.title),
            h("span", { class: "story-lead" }, one.lead),
            h("span", { class: "story-facts" }, one.facts),
          ),
        ),
      );
    },
  };
};
