// Two canvases on one another that fill their box at the screen's own resolution: `under` and `over`.
import { h } from "./widget.js";

export const canvasesIn = (box, resized) => {
  const canvas = h("canvas", { role: "img" });
  const veil = h("canvas", { class: "veil", "aria-hidden": "true" });
  box.append(canvas, veil);
  const state = { canvas, under: canvas.getContext("2d"), over: veil.getContext("2d"), width: 0, height: 0, ratio: 1 };
  const fit = () => {
    const { width, height } = box.getBoundingClientRect();
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    if (width < 1 || height < 1) return;
    if (width === state.width && height === state.height && ratio === state.ratio) return;
    Object.assign(state, { width, height, ratio });
    for (const one of [canvas, veil]) {
      one.width = Math.round(width * ratio);
      one.height = Math.round(height * ratio);
    }
    resized();
  };
  const watch = new ResizeObserver(fit);
  watch.observe(box);
  state.clear = (pen) => {
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.setTransform(state.ratio, 0, 0, state.ratio, 0, 0);
  };
  state.remove = () => watch.disconnect();
  return state;
};

// Which classes differ from those painted last; remembers them. `all`: as if everything did.
export const changes = (painted, paint, time, all) => {
  const changed = [];
  for (let m = 0; m < painted.length; m += 1) {
    const next = paint.classOf(paint.value(time, m));
    if (!all && next === painted[m]) continue;
    painted[m] = next;
    changed.push(m);
  }
  return changed;
};
