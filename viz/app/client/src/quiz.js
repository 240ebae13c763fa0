// Questions asked before a run: choices as radio buttons, guesses as a range; and what the runs answered, once they have.
import { h, number } from "./widget.js";

const MARKS = { right: "✓", wrong: "✗", open: "○" };

export const quiz = (el, say) => {
  const box = h("div", { class: "quiz" });
  el.append(box);
  const rows = new Map();

  const choice = (one) => {
    const inputs = one.options.map((text, i) => h("input", { type: "radio", name: `ask-${one.id}`, value: String(i), on: { change: () => say({ id: one.id, value: String(i) }) } }));
    const node = h("div", { class: "options" }, inputs.map((input, i) => h("label", { class: "option" }, input, h("span", {}, one.options[i]))));
    return { node, show: (value) => inputs.forEach((input) => (input.checked = input.value === value)) };
  };

  const guess = (one) => {
    const output = h("output", { for: `ask-${one.id}` });
    const input = h("input", { type: "range", id: `ask-${one.id}`, min: one.low, max: one.high, step: one.step, "aria-label": one.text });
    const told = () => {
      output.textContent = `${number(Number(input.value), 0)} ${one.unit}`;
      input.setAttribute("aria-valuetext", output.textContent);
      input.style.setProperty("--at", (input.value - one.low) / (one.high - one.low));
    };
    input.addEventListener("input", told);
    input.addEventListener("change", () => say({ id: one.id, value: input.value }));
    const node = h("div", { class: "guess" }, input, output);
    return {
      node,
      show: (value) => {
        if (document.activeElement !== input) input.value = value === "" ? (one.low + one.high) / 2 : value;
        told();
        if (value === "" && document.activeElement !== input) output.textContent = "?";
      },
    };
  };

  const build = (spec) => {
    rows.clear();
    box.replaceChildren(
      ...spec.questions.map((one, i) => {
        const field = one.options.length ? choice(one) : guess(one);
        const reply = h("p", { class: "reply", role: "status" });
        rows.set(one.id, { ...field, reply });
        return h("fieldset", { class: "asked" }, h("legend", {}, h("span", { class: "nth", "aria-hidden": "true" }, String(i + 1)), one.text), field.node, reply);
      }),
    );
  };

  return {
    update(spec) {
      const key = JSON.stringify(spec.questions.map(({ value, reply, ...rest }) => rest));
      if (box.dataset.key !== key) {
        box.dataset.key = key;
        build(spec);
      }
      for (const one of spec.questions) {
        const row = rows.get(one.id);
        row.show(one.value);
        row.reply.className = `reply ${one.reply ? one.reply.kind : ""}`;
        row.reply.replaceChildren(...(one.reply ? [h("span", { class: "sign", "aria-hidden": "true" }, MARKS[one.reply.kind]), one.reply.text] : []));
      }
    },
  };
};
