// A card with something to take along or to bring: a text to copy, files to save, or a file of one's own to open.
import { save } from "./save.js";
import { h } from "./widget.js";

export const keepsake = (el, say) => {
  const box = h("section", { class: "keepsake" });
  el.append(box);
  let saved = null;

  const copyButton = (text, words) => {
    const button = h("button", { type: "button", class: "tool" }, words.copy);
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text());
        button.textContent = words.copied;
        setTimeout(() => { button.textContent = words.copy; }, 2000);
      } catch {
        box.querySelector("textarea, input[readonly]")?.select();
      }
    });
    return button;
  };

  const shown = (spec) => {
    if (spec.query !== undefined) {
      const address = `${window.location.origin}${window.location.pathname}${spec.query ? `?${spec.query}` : ""}`;
      return h("input", { class: "kept", type: "text", readonly: true, "aria-label": spec.title, value: address });
    }
    if (!spec.text) return null;
    const lines = Math.min(14, spec.text.split("\n").length + (spec.copy ? 2 : 0));
    const area = h("textarea", { class: `kept${spec.copy ? " prose" : ""}`, readonly: true, rows: lines, "aria-label": spec.title, spellcheck: "false" });
    area.value = spec.text;
    return area;
  };

  const bring = (spec) => {
    const input = h("input", { type: "file", accept: ".toml,text/plain,application/toml", "aria-label": spec.title });
    input.addEventListener("change", async () => {
      const file = input.files[0];
      if (file) say({ brought: file.size > 4 * spec.brings ? "x".repeat(spec.brings + 1) : (await file.text()).slice(0, spec.brings + 1) });
      input.value = "";
    });
    input.className = "unseen";
    return h("label", { class: "tool" }, spec.words.choose, input);
  };

  return {
    update(spec) {
      const at = [...box.querySelectorAll("button, input")].indexOf(document.activeElement);
      const field = shown(spec);
      const buttons = [
        ...(spec.files ?? []).map((one) => h("button", { type: "button", class: "tool", on: { click: () => save(one.file, one.text, one.type) } }, one.title)),
        ...(spec.asks ?? []).map((one) => h("button", { type: "button", class: "tool", "data-table": one.table, on: { click: () => say({ table: one.table }) } }, one.title)),
        spec.copy ? copyButton(() => field.value, spec.words) : null,
        spec.brings ? bring(spec) : null,
      ];
      box.replaceChildren(
        h("h3", {}, spec.title),
        h("p", { class: "note" }, spec.note),
        field ?? "",
        h("div", { class: "tools" }, buttons),
        h("p", { class: "wrong", role: "alert" }, spec.wrong ?? ""),
        h("p", { class: "right", role: "status" }, spec.right ?? ""),
      );
      if (at >= 0) box.querySelectorAll("button, input")[at]?.focus();
      if (spec.file && spec.file.count !== saved) {
        save(spec.file.file, spec.file.text, spec.file.type);
        saved = spec.file.count;
      }
    },
  };
};
