// Drawings that change together: the first above, the others in a grid. They come in one message, so that a new answer is
// one picture and not one after the other; a part whose text is as before is left as it is.
import { cards } from "./cards.js";
import { chart } from "./chart.js";
import { groups } from "./groups.js";
import { verdicts } from "./verdicts.js";
import { h } from "./widget.js";

const KINDS = { cards, chart, groups, verdicts };

export const board = (el, say) => {
  const head = h("div");
  const grid = h("div", { class: "figures" });
  el.append(head, grid);
  let parts = [];

  const clear = () => {
    for (const part of parts) part.drawing.remove?.();
    head.replaceChildren();
    grid.replaceChildren();
  };
  const made = (kind, nth) => {
    const box = h("div");
    (nth === 0 ? head : grid).append(box);
    return { kind, text: "", drawing: KINDS[kind](box, say) };
  };

  return {
    update(spec) {
      if (spec.parts.length !== parts.length || spec.parts.some(([kind], nth) => kind !== parts[nth].kind)) {
        clear();
        parts = spec.parts.map(([kind], nth) => made(kind, nth));
      }
      spec.parts.forEach(([, text], nth) => {
        const part = parts[nth];
        if (text === part.text) return;
        part.text = text;
        part.drawing.update(JSON.parse(text));
      });
    },
    remove: clear,
  };
};
