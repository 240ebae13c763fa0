// One figure: heading, chart, note, and the table behind it. The chart's options come from Python as plain data; colours
// are written "@token" there and numbers "#digits", or "+digits" with a sign, and all are read here, so that theme and language need no new data.
import { BarChart, CustomChart, HeatmapChart, LineChart, ScatterChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer } from "echarts/renderers";
import { pngOf, svgOf } from "./picture.js";
import { csv, save } from "./save.js";
import { h, mark, number, write } from "./widget.js";

use([
  AriaComponent, BarChart, CanvasRenderer, CustomChart, GridComponent, HeatmapChart, LabelLayout, LegendComponent, LineChart,
  MarkAreaComponent, MarkLineComponent, ScatterChart, TooltipComponent, VisualMapComponent,
]);

// The page's colours and font, asked for once: each question makes the browser work out its styles.
let known = null;
const dress = () => (known ??= { style: getComputedStyle(document.documentElement), colours: new Map() });
window.addEventListener("lab-theme", () => (known = null));
const colour = (token) => {
  const { style, colours } = dress();
  if (!colours.has(token)) colours.set(token, style.getPropertyValue(`--${token}`).trim());
  return colours.get(token);
};

const resolved = (value) => {
  if (typeof value === "string") {
    if (value[0] === "@") return colour(value.slice(1));
    if ((value[0] === "#" || value[0] === "+") && value.length === 2) {
      return (v) => number([v?.value ?? v].flat().at(-1), Number(value[1]), { sign: value[0] === "+" });
    }
    return value;
  }
  if (Array.isArray(value)) return typeof value[0] === "number" ? value : value.map(resolved);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolved(one)]));
  }
  return value;
};

// All of an option but the numbers of its series, in the colours of the page.
const shapeOf = ({ series, ...rest }) =>
  JSON.stringify([rest, series.map(({ data, ...other }) => [other, data?.length]), document.documentElement.dataset.theme, document.documentElement.lang]);

// A cell of a table; `digits` is one number for all columns or one for each after the first.
const cell = (value, digits, i) => (typeof value === "number" || value === null ? number(value, Array.isArray(digits) ? digits[i] : digits) : value);

const tableOf = ({ head, rows, digits }, title) =>
  h(
    "table",
    {},
    h("caption", {}, title),
    h("thead", {}, h("tr", {}, head.map((text) => h("th", { scope: "col" }, text)))),
    h("tbody", {}, rows.map((row) => h("tr", {}, row.map((v, i) => (i === 0 ? h("th", { scope: "row" }, String(v)) : h("td", {}, cell(v, digits, i - 1))))))),
  );

// What the pointer shows: the row of the table behind the chart.
const told = ({ head, rows, digits }) => (points) => {
  const one = Array.isArray(points) ? points[0] : points;
  const row = rows.find((r) => String(r[0]) === String(one.axisValue ?? one.name));
  if (!row) return "";
  const box = h("div", { class: "told" }, h("strong", {}, String(row[0])));
  row.slice(1).forEach((v, i) => box.append(h("div", {}, h("span", {}, head[i + 1]), h("b", {}, cell(v, digits, i - 1)))));
  return box;
};

// What a figure's file is called.
const named = (title) => title.toLowerCase().replaceAll("æ", "ae").replaceAll("ø", "o").replaceAll("å", "a").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60) || "omstilling";

export const chart = (el, say) => {
  const heading = h("h3");
  const about = h("p", { class: "about" });
  const canvas = h("div", { class: "canvas", role: "img" });
  const note = h("p", { class: "note" });
  const inner = h("div", { class: "table", tabindex: 0, role: "region" });
  const summary = h("summary");
  const details = h("details", { class: "behind" }, summary, inner);
  const choice = h("select", { class: "choice", hidden: true, on: { change: (event) => say({ [spec.field.name]: event.target.value }) } });
  const picture = () => {
    const { style } = dress();
    const { title, about: told, words } = spec;
    return svgOf({ option: resolved(spec.option), title, about: told, source: words.source, width: canvas.clientWidth, height: canvas.clientHeight }, style);
  };
  const saves = {
    SVG: () => save(`${named(spec.title)}.svg`, picture(), "image/svg+xml"),
    PNG: async () => save(`${named(spec.title)}.png`, await pngOf(picture()), "image/png"),
    CSV: () => save(`${named(spec.title)}.csv`, csv(spec.table.head, spec.table.rows), "text/csv"),
  };
  const buttons = Object.entries(saves).map(([kind, act]) => h("button", { type: "button", class: "take", on: { click: act } }, kind));
  const foot = h("div", { class: "foot" }, details, h("div", { class: "takes" }, buttons));
  const figure = h("figure", { class: "chart" }, h("figcaption", {}, heading, about, choice), canvas, note, foot);
  el.append(figure);
  let drawing = null;
  let font = "";
  let shape = ""; // of what is drawn
  let spec = null;

  const offer = (field) => {
    choice.hidden = !field;
    if (!field) return;
    const key = JSON.stringify(field.groups);
    if (choice.dataset.key !== key) {
      choice.dataset.key = key;
      const options = (group) => group.options.map(([value, title]) => h("option", { value }, title));
      choice.replaceChildren(...field.groups.flatMap((group) => (group.title ? h("optgroup", { label: group.title }, options(group)) : options(group))));
    }
    choice.setAttribute("aria-label", field.title);
    choice.value = field.value;
  };

  const fill = () => details.open && spec && inner.replaceChildren(tableOf(spec.table, spec.title));
  details.addEventListener("toggle", fill);

  const paint = () => {
    if (!spec || (!drawing && canvas.clientWidth === 0)) return;
    if (!drawing) {
      drawing = init(canvas, null, { renderer: "canvas" });
      font = getComputedStyle(figure).fontFamily;
      drawing.getZr().setSleepAfterStill(1); // nothing moves by itself: no frames after the picture stands
    }
    // The same picture with other numbers keeps its axes, tooltip and views, and is given its series alone.
    const next = shapeOf(spec.option);
    if (next === shape) drawing.setOption({ series: resolved(spec.option.series) }, { silent: true });
    else {
      const option = { ...resolved(spec.option), animation: false, textStyle: { fontFamily: font } };
      // Curves have the room that Python leaves beside their axes: ECharts need not measure every label each time.
      if (option.xAxis?.type === "category") option.grid = { ...option.grid, outerBoundsMode: "none" };
      if (option.tooltip) option.tooltip = { ...option.tooltip, confine: true, formatter: (points) => told(spec.table)(points) };
      drawing.setOption(option, { notMerge: true, silent: true });
      shape = next;
    }
    figure.dataset.answer = spec.answer ?? "";
  };
  const resize = () => {
    if (!drawing) paint();
    else if (canvas.clientWidth !== drawing.getWidth() || canvas.clientHeight !== drawing.getHeight()) drawing.resize();
  };
  const watch = new ResizeObserver(resize);
  watch.observe(canvas);
  window.addEventListener("lab-theme", paint);

  return {
    update(next) {
      spec = next;
      write(heading, spec.title);
      write(about, spec.about);
      write(note, spec.note ?? "");
      note.hidden = !spec.note;
      write(summary, spec.words.table);
      mark(inner, "aria-label", `${spec.words.table}: ${spec.title}`);
      mark(canvas, "aria-label", spec.alt);
      for (const button of buttons) mark(button, "aria-label", `${spec.words.save.replace("{kind}", button.textContent)}: ${spec.title}`);
      offer(spec.field);
      const height = spec.height ? `${spec.height}px` : "";
      if (canvas.style.height !== height) canvas.style.height = height;
      mark(figure, "class", `chart ${spec.size ?? ""}`);
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
