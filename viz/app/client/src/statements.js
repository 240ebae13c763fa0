// The statements of a design as sentences; the one that is open shows its form below.
import { fieldset } from "./fields.js";
import { h } from "./widget.js";

export const statements = (el, say) => {
  const list = h("ol", { class: "statements" });
  const add = h("button", { type: "button", class: "action", on: { click: () => say({ add: true }) } });
  el.append(list, add);
  const form = fieldset("statement", (path, value) => say({ field: path, value }));

  const tool = (title, sign, event, isOff = false) =>
    h("button", { type: "button", class: "mini", "aria-label": title, title, disabled: isOff, on: { click: () => say(event) } }, sign);

  const item = (one, i, spec) => {
    const isOpen = i === spec.open;
    const head = h(
      "button",
      { type: "button", class: "sentence", "aria-expanded": String(isOpen), "data-nth": String(i), on: { click: () => say({ open: isOpen ? -1 : i }) } },
      h("span", { class: "nth", "aria-hidden": "true" }, String(i + 1)),
      h("span", {}, one.says, one.kind ? h("em", {}, ` ${one.kind}`) : null),
    );
    const tools = h(
      "span",
      { class: "minis" },
      tool(`${spec.words.up} ${i + 1}`, "↑", { move: i, by: -1 }, i === 0),
      tool(`${spec.words.down} ${i + 1}`, "↓", { move: i, by: 1 }, i === spec.statements.length - 1),
      tool(`${spec.words.remove} ${i + 1}`, "×", { remove: i }, spec.statements.length < 2),
    );
    const faults = one.faults.map((text) => h("p", { class: "note wrong" }, text));
    return h("li", { class: `statement ${one.faults.length || one.isWrong ? "bad" : ""} ${isOpen ? "open" : ""}` }, h("div", { class: "statement-head" }, head, tools), faults, isOpen ? form.node : null);
  };

  return {
    update(spec) {
      const active = document.activeElement;
      const inForm = form.node.contains(active) ? active.id : null;
      const nth = active?.dataset?.nth;
      const label = list.contains(active) ? active.getAttribute("aria-label") : null;
      const range = inForm && active.tagName === "INPUT" && active.type === "text" ? [active.selectionStart, active.selectionEnd] : null;
      list.replaceChildren(...spec.statements.map((one, i) => item(one, i, spec)));
      add.textContent = spec.words.add;
      add.disabled = spec.isFull;
      form.update(spec.fields);
      if (inForm) {
        const again = document.getElementById(inForm);
        again?.focus();
        if (again && range) again.setSelectionRange(...range);
      } else if (nth !== undefined) list.querySelector(`[data-nth="${nth}"]`)?.focus();
      else if (label) list.querySelector(`[aria-label="${CSS.escape(label)}"]`)?.focus();
    },
  };
};
