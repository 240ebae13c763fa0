// Place, design and how the runs are made, as native fields.
import { h } from "./widget.js";

export const chooser = (el, say) => {
  const box = h("div", { class: "chooser" });
  el.append(box);
  const nodes = new Map();

  const options = (field) =>
    field.groups.map((group) =>
      group.title
        ? h("optgroup", { label: group.title }, group.options.map(([value, title]) => h("option", { value }, title)))
        : group.options.map(([value, title]) => h("option", { value }, title)),
    );

  const select = (field) =>
    h("select", { id: `field-${field.name}`, on: { change: (event) => say({ [field.name]: event.target.value }) } }, options(field));

  const text = (field) => {
    const send = (event) => say({ [field.name]: event.target.value });
    return h("input", { id: `field-${field.name}`, type: "text", placeholder: field.placeholder, maxlength: 400, autocomplete: "off", spellcheck: "false", on: { change: send } });
  };

  return {
    update(spec) {
      const key = JSON.stringify(spec.fields.map(({ value, note, ...rest }) => rest));
      if (box.dataset.key !== key) {
        box.dataset.key = key;
        nodes.clear();
        box.replaceChildren(
          ...spec.fields.map((field) => {
            const input = field.groups ? select(field) : text(field);
            const note = h("p", { class: "note", id: `note-${field.name}` });
            input.setAttribute("aria-describedby", note.id);
            nodes.set(field.name, { input, note });
            return h("div", { class: "field" }, h("label", { for: input.id }, field.title), input, note);
          }),
        );
      }
      for (const field of spec.fields) {
        const { input, note } = nodes.get(field.name);
        if (input.value !== field.value) input.value = field.value;
        note.textContent = field.note ?? "";
        note.classList.toggle("wrong", Boolean(field.isWrong));
      }
    },
  };
};
