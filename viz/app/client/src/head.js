// The fields above the statements of a design.
import { fieldset } from "./fields.js";

export const head = (el, say) => {
  const form = fieldset("head", (path, value) => say({ head: path, value }));
  el.append(form.node);
  return { update: (spec) => form.update(spec.fields) };
};
