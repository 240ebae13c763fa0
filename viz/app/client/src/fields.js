// Fields of a form that the grammar has described: choices, many choices, numbers, sums and text, each with its fault.
import { h } from "./widget.js";

const control = (field, id, send) => {
  const change = { change: (event) => send(field.path, event.target.value) };
  if (field.kind === "choice") {
    return h("select", { id, on: change }, field.choices.map(([value, title]) => h("option", { value }, title)));
  }
  if (field.kind === "many") {
    const said = (event) => send(field.path, [...event.target.closest(".checks").querySelectorAll("input:checked")].map((one) => one.value));
    return h(
      "div",
      { class: "checks", id, role: "group", "aria-label": field.title, tabindex: "-1" },
      field.choices.map(([value, title]) => h("label", {}, h("input", { type: "checkbox", value, on: { change: said } }), title)),
    );
  }
  const mode = field.kind === "text" ? {} : { inputmode: field.kind === "whole" ? "numeric" : "decimal" };
  return h("input", { id, type: "text", maxlength: 500, autocomplete: "off", spellcheck: "false", on: change, ...mode });
};

const show = (input, field) => {
  if (field.kind === "many") {
    for (const box of input.querySelectorAll("input")) box.checked = field.value.includes(box.value);
  } else if (document.activeElement !== input || field.kind === "choice") {
    input.value = field.value;
  }
  input.setAttribute("aria-invalid", String(Boolean(field.wrong)));
};

// Returns { node, update(fields) }; `send(path, value)` is told of every change. `prefix` keeps ids apart.
export const fieldset = (prefix, send) => {
  const node = h("div", { class: "fields" });
  const rows = new Map();
  return {
    node,
    update(fields) {
      const key = JSON.stringify(fields.map(({ value, wrong, ...rest }) => rest));
      if (node.dataset.key !== key) {
        const focus = document.activeElement?.id;
        node.dataset.key = key;
        rows.clear();
        node.replaceChildren(
          ...fields.map((field) => {
            const id = `${prefix}-${field.path.replaceAll(".", "-")}`;
            const input = control(field, id, send);
            const wrong = h("p", { class: "note wrong", id: `${id}-wrong`, role: "alert" });
            const help = h("p", { class: "note", id: `${id}-help` }, field.help);
            input.setAttribute("aria-describedby", `${id}-wrong ${id}-help`);
            rows.set(field.path, { input, wrong });
            const title = field.kind === "many" ? h("span", { class: "label" }, field.title) : h("label", { for: id }, field.title);
            return h("div", { class: `field ${field.kind} ${field.path.split(".").length > 1 ? "inner" : ""}` }, title, input, wrong, help);
          }),
        );
        if (focus) document.getElementById(focus)?.focus();
      }
      for (const field of fields) {
        const row = rows.get(field.path);
        show(row.input, field);
        row.wrong.textContent = field.wrong ?? "";
      }
    },
  };
};
