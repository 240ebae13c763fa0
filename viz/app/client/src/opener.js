// A file that is read in the browser and sent as text, within a bound; nothing is uploaded to anywhere else.
import { h } from "./widget.js";

export const opener = (el, say) => {
  const input = h("input", { type: "file", accept: ".toml,text/plain", class: "unseen", tabindex: "-1", "aria-hidden": "true" });
  const button = h("button", { type: "button", class: "action", on: { click: () => input.click() } });
  el.append(h("div", { class: "actions" }, button, input));
  let spec = null;
  input.addEventListener("change", async () => {
    const file = input.files[0];
    input.value = "";
    if (!file) return;
    if (file.size > spec.largest) say({ tooLarge: file.size });
    else say({ text: await file.text(), file: file.name.slice(0, 80) });
  });
  return {
    update(next) {
      spec = next;
      button.textContent = spec.title;
    },
  };
};
