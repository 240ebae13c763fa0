// A row of buttons; what is pressed is said by its name. `text` is a file that the button saves, `paper` a document that
// it opens in a window of its own, to be printed.
import { h } from "./widget.js";

const address = (text, type) => URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));

const act = (one, say) => () => {
  if (one.text !== undefined) {
    const link = h("a", { href: address(one.text, "text/plain"), download: one.file });
    document.body.append(link);
    link.click();
    link.remove();
  } else if (one.paper !== undefined) {
    window.open(address(one.paper, "text/html"), "_blank");
  }
  say({ name: one.name });
};

export const actions = (el, say) => {
  const box = h("div", { class: "actions" });
  el.append(box);
  return {
    update(spec) {
      const at = [...box.children].indexOf(document.activeElement);
      box.replaceChildren(
        ...spec.buttons.map((one) =>
          h("button", { type: "button", class: `action ${one.tone ?? ""}`, "data-name": one.name, disabled: Boolean(one.isOff), "aria-pressed": one.pressed ?? null, on: { click: act(one, say) } }, one.title),
        ),
      );
      if (at >= 0) box.children[at]?.focus();
    },
  };
};
