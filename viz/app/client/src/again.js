// One button.
import { h } from "./widget.js";

export const again = (el, say) => ({
  update(spec) {
    el.replaceChildren(h("button", { type: "button", class: "tool", on: { click: () => say({ again: true }) } }, spec.title));
  },
});
