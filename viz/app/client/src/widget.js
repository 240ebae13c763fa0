// The bond between a widget's model in Python and what is drawn of it.

// The language of the link, before the first drawing asks for it.
const asked = new URLSearchParams(window.location.search).get("language");
if (asked === "en" || asked === "nb") document.documentElement.lang = asked;

// draw(el, say) gives { update(spec), remove? }; say(event) sends a plain object to Python.
export const widget = (draw) => ({
  render({ model, el }) {
    let count = 0;
    const say = (event) => {
      count += 1;
      model.set("said", { ...event, count });
      model.save_changes();
    };
    const part = draw(el, say);
    const update = () => {
      const text = model.get("spec");
      if (text) part.update({ data: model.get("data"), ...JSON.parse(text) });
    };
    model.on("change:spec", update);
    update();
    return () => {
      model.off("change:spec", update);
      part.remove?.();
    };
  },
});

// An element with attributes (null and false left out) and children; `on` is an object of listeners.
export const h = (tag, attributes = {}, ...children) => {
  const { on = {}, ...rest } = attributes;
  const el = document.createElement(tag);
  for (const [name, value] of Object.entries(rest)) {
    if (value === null || value === undefined || value === false) continue;
    el.setAttribute(name, value === true ? "" : value);
  }
  for (const [name, listener] of Object.entries(on)) el.addEventListener(name, listener);
  el.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return el;
};

// Writes a text or an attribute only where it is another: a write makes the page measure itself anew.
export const write = (el, text) => {
  if (el.textContent !== text) el.textContent = text;
};
export const mark = (el, name, value) => {
  if (el.getAttribute(name) !== value) el.setAttribute(name, value);
};

const formats = new Map();
// A number as the page's language writes it, with a true minus; an en dash for nothing.
export const number = (value, digits = 1, { sign = false } = {}) => {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const language = document.documentElement.lang === "en" ? "en-GB" : "nb-NO";
  const key = `${language} ${digits} ${sign}`;
  if (!formats.has(key)) {
    formats.set(
      key,
      new Intl.NumberFormat(language, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
        signDisplay: sign ? "exceptZero" : "negative",
        useGrouping: Math.abs(value) >= 10000 || language === "en-GB",
      }),
    );
  }
  return formats.get(key).format(value).replace("-", "−");
};
