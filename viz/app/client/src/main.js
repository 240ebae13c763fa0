// What the page draws itself. Each export is one widget: `spec` comes in, `said` goes out.
import { widget } from "./widget.js";
import { actions } from "./actions.js";
import { again } from "./again.js";
import { bar } from "./bar.js";
import { board } from "./board.js";
import { chart } from "./chart.js";
import { chooser } from "./chooser.js";
import { feed } from "./feed.js";
import { grid } from "./grid.js";
import { head } from "./head.js";
import { keepsake } from "./keepsake.js";
import { levers } from "./levers.js";
import { opener } from "./opener.js";
import { quiz } from "./quiz.js";
import { reel } from "./reel.js";
import { rules } from "./rules.js";
import { shelf } from "./shelf.js";
import { statements } from "./statements.js";
import { watch } from "./watch.js";

const drawn = {
  actions, again, bar, board, chart, chooser, feed, grid, head, keepsake, levers, opener, quiz, reel,
  rules, shelf, statements, watch,
};
export default Object.fromEntries(Object.entries(drawn).map(([name, draw]) => [name, widget(draw)]));
