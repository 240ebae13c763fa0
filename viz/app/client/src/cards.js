// Headline numbers: what, how much, within which interval, since when, with a small curve.
import { h, number } from "./widget.js";

const SVG = "http://www.w3.org/2000/svg";

const curve = (values) => {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 100 24");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "curve");
  const known = values.filter((v) => v !== null);
  if (known.length < 2) return svg;
  const low = Math.min(0, ...known);
  const high = Math.max(...known, low + 1e-9);
  const at = (v, i) => `${((100 * i) / (values.length - 1)).toFixed(2)},${(22 - (20 * (v - low)) / (high - low)).toFixed(2)}`;
  const points = values.map((v, i) => (v === null ? null : at(v, i))).filter(Boolean).join(" ");
  const area = document.createElementNS(SVG, "polygon");
  area.setAttribute("points", `0,24 ${points} 100,24`);
  const line = document.createElementNS(SVG, "polyline");
  line.setAttribute("points", points);
  svg.append(area, line);
  return svg;
};

const card = (one) =>
  h(
    "div",
    { class: `card ${one.tone ?? ""}`, role: "group", "aria-label": one.title },
    h("p", { class: "card-title" }, one.title),
    h("p", { class: "card-value" }, h("strong", {}, number(one.value, one.digits)), " ", h("span", {}, one.unit)),
    h("p", { class: "card-note" }, one.note),
    curve(one.curve),
  );

export const cards = (el) => {
  const box = h("div", { class: "cards" });
  el.append(box);
  return {
    update(spec) {
      box.setAttribute("aria-busy", String(Boolean(spec.isBusy)));
      box.replaceChildren(...spec.cards.map(card));
      box.dataset.answer = spec.answer ?? "";
    },
  };
};
