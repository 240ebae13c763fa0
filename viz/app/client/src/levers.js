// Levers grouped by who holds them: native ranges with value, unit, bounds and why; a button back to the default.
import { h, mark, number, write } from "./widget.js";

const digitsOf = (step) => Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
const isSame = (a, b) => Math.abs(a - b) < 1e-9;

export const levers = (el, say) => {
  const box = h("div", { class: "levers" });
  el.append(box);
  const rows = new Map();
  let spec = null;

  const show = (row, value) => {
    const { lever, input, output, reset } = row;
    const digits = digitsOf(lever.step);
    if (row.shown === value) return;
    row.shown = value;
    write(output, number(value, digits));
    mark(input, "aria-valuetext", `${number(value, digits)} ${lever.unit}`);
    input.style.setProperty("--at", (value - lever.low) / (lever.high - lever.low || 1));
    reset.hidden = isSame(value, lever.default);
    row.node.classList.toggle("moved", !reset.hidden);
  };

  const leverRow = (lever) => {
    const id = `lever-${lever.path.replaceAll(".", "-")}`;
    const digits = digitsOf(lever.step);
    const output = h("output", { for: id });
    const input = h("input", { type: "range", id, min: lever.low, max: lever.high, step: lever.step, "aria-describedby": `${id}-why` });
    const reset = h("button", { type: "button", class: "reset", "aria-label": `${spec.words.reset}: ${lever.title}`, title: spec.words.reset }, "↺");
    const row = { lever, input, output, reset };
    input.addEventListener("input", () => {
      const value = Number(input.value);
      show(row, value);
      window.labMoved = performance.now();
      say({ path: lever.path, value });
    });
    reset.addEventListener("click", () => {
      input.value = lever.default;
      show(row, lever.default);
      say({ path: lever.path, value: null });
      input.focus();
    });
    const about = `${id}-why`;
    row.node = h(
      "div",
      { class: "lever" },
      h("div", { class: "lever-head" }, h("label", { for: id }, lever.title), h("span", { class: "lever-value" }, reset, output)),
      input,
      h(
        "details",
        { class: "why" },
        h(
          "summary",
          {},
          h("span", { class: "unseen" }, `${lever.title}: `),
          h("span", {}, number(lever.low, digits)),
          h("span", {}, `${lever.unit} · `, h("span", { class: "ask" }, spec.words.why)),
          h("span", {}, number(lever.high, digits)),
        ),
        h("p", { id: about }, `${lever.meaning}. ${lever.why} ${spec.words.usual} ${number(lever.default, digits)}.`),
      ),
    );
    rows.set(lever.path, row);
    return row.node;
  };

  const build = () => {
    rows.clear();
    const groups = spec.groups.map((group) =>
      h(
        "details",
        { class: "holder", open: group.isOpen && window.innerWidth > 860 },
        h("summary", {}, h("h3", {}, group.title), h("span", { class: "moved-count" })),
        h("p", { class: "note" }, group.note),
        group.levers.map(leverRow),
      ),
    );
    const all = h("button", { type: "button", class: "plain", on: { click: () => say({ reset: true }) } }, spec.words.resetAll);
    box.replaceChildren(...groups, all);
    box.dataset.all = "";
    rows.all = all;
  };

  return {
    update(next) {
      spec = next;
      if (box.dataset.key !== spec.key) {
        box.dataset.key = spec.key;
        build();
      }
      for (const [path, row] of rows) {
        const value = spec.values[path] ?? row.lever.default;
        if (document.activeElement !== row.input || isSame(value, row.lever.default)) row.input.value = value;
        show(row, Number(row.input.value));
      }
      for (const holder of box.querySelectorAll(".holder")) {
        const moved = holder.querySelectorAll(".lever.moved").length;
        write(holder.querySelector(".moved-count"), moved ? String(moved) : "");
      }
      rows.all.hidden = Object.keys(spec.values).length === 0;
    },
  };
};
