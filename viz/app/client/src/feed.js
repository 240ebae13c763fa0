// Events by year, of one kind or of all; an event that has a chain of causes opens to show it.
import { h } from "./widget.js";

export const feed = (el) => {
  const box = h("section", { class: "feed" });
  el.append(box);
  let spec = null;
  let chosen = "";

  const filters = () =>
    h(
      "div",
      { class: "filters", role: "group", "aria-label": spec.title },
      [["", spec.words.all], ...spec.groups].map(([name, title]) => {
        const count = name ? spec.events.filter((e) => e.group === name).length : spec.events.length;
        return h("button", { type: "button", class: "action", "aria-pressed": String(name === chosen), "data-group": name, on: { click: () => ((chosen = name), draw(name)) } }, `${title} `, h("b", {}, String(count)));
      }),
    );

  const event = (one) =>
    one.steps.length
      ? h(
          "details",
          { class: `event ${one.group}` },
          h("summary", {}, one.says, " ", h("span", { class: "ask" }, spec.words.chain)),
          h("ol", { class: "chain" }, one.steps.map(([depth, text]) => h("li", { style: `--depth: ${depth - 1}` }, text))),
        )
      : h("p", { class: `event ${one.group}` }, one.says);

  const draw = (focus) => {
    const shown = spec.events.filter((one) => !chosen || one.group === chosen);
    const years = [...new Set(shown.map((one) => one.year))];
    box.replaceChildren(
      h("h3", {}, spec.title),
      h("p", { class: "about" }, spec.about),
      filters(),
      years.length
        ? h("div", { class: "years", tabindex: "0", role: "region", "aria-label": spec.title }, years.map((year) => h("div", { class: "year" }, h("h4", {}, String(year)), h("div", {}, shown.filter((one) => one.year === year).map(event)))))
        : h("p", { class: "about" }, spec.words.nothing),
    );
    if (focus !== undefined) box.querySelector(`[data-group="${focus}"]`)?.focus();
  };

  return {
    update(next) {
      spec = next;
      if (box.dataset.key !== spec.key) {
        box.dataset.key = spec.key;
        draw();
      }
    },
  };
};
