// One figure: heading, chart, note, and the table behind it. The chart's options come from Python as plain data; colours
// are written "@token" there and numbers "#digits", and both are read here, so that theme and language need no new data.
import { BarChart, CustomChart, HeatmapChart, LineChart, ScatterChart } from "echarts/charts";
import { AriaComponent, GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer } from "echarts/renderers";
import { h, number } from "./widget.js";

use([
  AriaComponent, BarChart, CanvasRenderer, CustomChart, GridComponent, HeatmapChart, LabelLayout, LineChart,
  MarkAreaComponent, MarkLineComponent, ScatterChart, TooltipComponent, VisualMapComponent,
]);

const resolved = (value, style) => {
  if (typeof value === "string") {
    if (value[0] === "@") return style.getPropertyValue(`--${value.slice(1)}`).trim();
    if (value[0] === "#" && value.length === 2) return (v) => number([v?.value ?? v].flat().at(-1), Number(value[1]));
    return value;
  }
  if (Array.isArray(value)) return value.map((one) => resolved(one, style));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolved(one, style)]));
  }
  return value;
};

const cell = (value, digits) => (typeof value === "number" || value === null ? number(value, digits) : value);

const tableOf = ({ head, rows, digits }, title) =>
  h(
    "table",
    {},
    h("caption", {}, title),
    h("thead", {}, h("tr", {}, head.map((text) => h("th", { scope: "col" }, text)))),
    h("tbody", {}, rows.map((row) => h("tr", {}, row.map((v, i) => (i === 0 ? h("th", { scope: "row" }, String(v)) : h("td", {}, cell(v, digits))))))),
  );

// What the pointer shows: the row of the table behind the chart.
const told = ({ head, rows, digits }) => (points) => {
  const one = Array.isArray(points) ? points[0] : points;
  const row = rows.find((r) => String(r[0]) === String(one.axisValue ?? one.name));
  if (!row) return "";
  const box = h("div", { class: "told" }, h("strong", {}, String(row[0])));
  row.slice(1).forEach((v, i) => box.append(h("div", {}, h("span", {}, head[i + 1]), h("b", {}, cell(v, digits)))));
  return box;
};

export const chart = (el) => {
  const heading = h("h3");
  const about = h("p", { class: "about" });
  const canvas = h("div", { class: "canvas", role: "img" });
  const note = h("p", { class: "note" });
  const inner = h("div", { class: "table", tabindex: 0, role: "region" });
  const summary = h("summary");
  const details = h("details", { class: "behind" }, summary, inner);
  const figure = h("figure", { class: "chart" }, h("figcaption", {}, heading, about), canvas, note, details);
  el.append(figure);
  let drawing = null;
  let spec = null;

  const fill = () => details.open && spec && inner.replaceChildren(tableOf(spec.table, spec.title));
  details.addEventListener("toggle", fill);

  const paint = () => {
    if (!spec || canvas.clientWidth === 0) return;
    drawing ??= init(canvas, null, { renderer: "canvas" });
    const option = resolved(spec.option, getComputedStyle(document.documentElement));
    option.animation = false;
    option.textStyle = { fontFamily: getComputedStyle(figure).fontFamily };
    if (option.tooltip) option.tooltip = { ...option.tooltip, confine: true, formatter: told(spec.table) };
    drawing.setOption(option, { notMerge: true, silent: true });
    figure.dataset.answer = spec.answer ?? "";
  };
  const watch = new ResizeObserver(() => (drawing ? drawing.resize() : paint()));
  watch.observe(canvas);
  window.addEventListener("lab-theme", paint);

  return {
    update(next) {
      spec = next;
      heading.textContent = spec.title;
      about.textContent = spec.about;
      note.textContent = spec.note ?? "";
      note.hidden = !spec.note;
      summary.textContent = spec.words.table;
      inner.setAttribute("aria-label", `${spec.words.table}: ${spec.title}`);
      canvas.setAttribute("aria-label", spec.alt);
      canvas.style.height = spec.height ? `${spec.height}px` : "";
      figure.className = `chart ${spec.size ?? ""}`;
      paint();
      fill();
    },
    remove() {
      watch.disconnect();
      window.removeEventListener("lab-theme", paint);
      drawing?.dispose();
    },
  };
};
