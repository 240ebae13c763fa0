// A canvas that fills its box at the screen's own resolution and tells when its size changes.
import { h } from "./widget.js";

export const canvasIn = (box, resized) => {
  const canvas = h("canvas", { role: "img" });
  box.append(canvas);
  const pen = canvas.getContext("2d");
  const state = { canvas, pen, width: 0, height: 0, ratio: 1 };
  const fit = () => {
    const { width, height } = box.getBoundingClientRect();
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    if (width < 1 || height < 1) return;
    if (width === state.width && height === state.height && ratio === state.ratio) return;
    Object.assign(state, { width, height, ratio });
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    resized();
  };
  const watch = new ResizeObserver(fit);
  watch.observe(box);
  state.fit = fit;
  state.remove = () => watch.disconnect();
  return state;
};
