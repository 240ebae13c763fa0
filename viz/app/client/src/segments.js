// A few choices side by side, of which one is on.
import { h } from "./widget.js";

export const segments = (choose) => {
  const node = h("div", { class: "segments", role: "group" });
  let painted = "";
  return {
    node,
    update(choices, on, title, about = {}) {
      const key = JSON.stringify([choices, title, about]);
      node.hidden = choices.length < 2;
      node.setAttribute("aria-label", title);
      if (key !== painted) {
        painted = key;
        node.replaceChildren(
          ...choices.map(([name, text]) => h("button", { type: "button", class: "segment", "data-name": name, title: about[name] ?? null, on: { click: () => choose(name) } }, about[name] ? [text, h("span", { class: "unseen" }, `: ${about[name]}`)] : text)),
        );
      }
      for (const button of node.children) button.setAttribute("aria-pressed", String(button.dataset.name === on));
    },
  };
};
