// What the page draws itself. Each export is one widget: `spec` comes in, `said` goes out.
import { widget } from "./widget.js";
import { again } from "./again.js";
import { bar } from "./bar.js";
import { cards } from "./cards.js";
import { chart } from "./chart.js";
import { chooser } from "./chooser.js";
import { levers } from "./levers.js";

const drawn = { again, bar, cards, chart, chooser, levers };
export default Object.fromEntries(Object.entries(drawn).map(([name, draw]) => [name, widget(draw)]));
