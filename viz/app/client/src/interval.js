// An interval as a small picture: a bar from low to high, a dot at the mean, a tick at nought; a dot alone without interval.
const SVG = "http://www.w3.org/2000/svg";

const part = (tag, attributes) => {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
};

// The ends that all given rows have room in, nought included.
export const room = (rows) => {
  const all = rows.flatMap((row) => [row.low, row.high, row.mean, 0]).filter((v) => v !== null && v !== undefined);
  const low = Math.min(...all);
  const high = Math.max(...all);
  const margin = (high - low || 1) * 0.06;
  return [low - margin, high + margin];
};

export const interval = ({ mean, low, high }, [from, to], tone = "") => {
  const at = (value) => (100 * (value - from)) / (to - from);
  const svg = part("svg", { class: `interval ${tone}`, viewBox: "0 0 100 20", preserveAspectRatio: "none", "aria-hidden": "true" });
  svg.append(part("line", { class: "nought", x1: at(0), x2: at(0), y1: 1, y2: 19 }));
  if (low !== null && high !== null) svg.append(part("line", { class: "span", x1: at(low), x2: at(high), y1: 10, y2: 10 }));
  svg.append(part("line", { class: "mean", x1: at(mean), x2: at(mean), y1: 10, y2: 10 }));
  return svg;
};
