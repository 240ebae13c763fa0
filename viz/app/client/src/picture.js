// A chart as a picture to take along: title above, source below, as SVG or PNG.
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([SVGRenderer]);

const HEAD = 58;
const FOOT = 26;
const FONT = "Inter, Helvetica, Arial, sans-serif"; // without quotes: the chart writes it into an attribute as it is

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);

// `option` has its colours resolved; size is that of the drawing on the page, at least wide enough for its title.
export const svgOf = ({ option, title, about, source, width, height }, style) => {
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const wide = Math.max(width, 460);
  const tall = Math.max(height, 260);
  const drawing = init(null, null, { renderer: "svg", ssr: true, width: wide, height: tall });
  drawing.setOption({ ...option, animation: false, tooltip: undefined, textStyle: { fontFamily: FONT } });
  const inner = drawing.renderToSVGString().replace(/^<svg /, `<svg x="8" y="${HEAD}" `);
  drawing.dispose();
  const line = (text, y, size, fill, weight) =>
    `<text x="16" y="${y}" font-family="${escaped(FONT)}" font-size="${size}" font-weight="${weight}" fill="${fill}">${escaped(text)}</text>`;
  const [w, t] = [wide + 16, tall + HEAD + FOOT];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${t}" viewBox="0 0 ${w} ${t}" role="img">`,
    `<title>${escaped(title)}</title><rect width="100%" height="100%" fill="${colour("paper")}"/>`,
    line(title, 26, 17, colour("ink"), 700),
    line(about, 46, 12.5, colour("muted"), 400),
    inner,
    line(source, t - 10, 11, colour("muted"), 400),
    "</svg>",
  ].join("");
};

// The SVG drawn twice as large onto a canvas; gives a blob.
export const pngOf = (svg) =>
  new Promise((done, fail) => {
    const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = 2 * image.naturalWidth;
      canvas.height = 2 * image.naturalHeight;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(address);
      canvas.toBlob(done, "image/png");
    };
    image.onerror = fail;
    image.src = address;
  });
