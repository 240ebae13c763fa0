// The citizens and the businesses of a municipality, one dot each, laid out like the seeds of a sunflower.
import { colours } from "./film.js";

const GOLDEN = Math.PI * (3 - Math.sqrt(5));
const TURN = Math.PI * 2;
const CLASSES = 7;

const seeds = (count, radius) => {
  const gap = radius / Math.sqrt(Math.max(count, 12));
  return { gap, at: (k, [x, y]) => [x + gap * Math.sqrt(k + 0.5) * Math.cos(k * GOLDEN), y + gap * Math.sqrt(k + 0.5) * Math.sin(k * GOLDEN)] };
};

export const crowd = (pen, { people, spot, words, year, hasArena, width, height }) => {
  const scale = colours(Array.from({ length: CLASSES }, (_, k) => `scale-${k}`));
  const [paper, ink, muted, arena, axis] = colours(["paper", "ink", "muted", "factor-I", "axis"]);
  const radius = Math.min(84, width * 0.13, height * 0.15);
  const kinds = [
    { values: people.uses, count: people.citizens[1], most: people.most[0], centre: [radius + 8, height - radius - 22], title: words.citizens },
    { values: people.offers, owners: people.owners, count: people.businesses[1], most: people.most[1], centre: [width - radius - 8, height - radius - 22], title: words.businesses },
  ];
  for (const { values, owners, count, most, centre, title } of kinds) {
    pen.beginPath();
    pen.moveTo(...spot);
    pen.lineTo(...centre);
    pen.strokeStyle = hasArena ? arena : axis;
    pen.lineWidth = hasArena ? 2 : 1;
    pen.setLineDash(hasArena ? [] : [3, 3]);
    pen.stroke();
    pen.setLineDash([]);
    pen.beginPath();
    pen.arc(...centre, radius + 4, 0, TURN);
    pen.fillStyle = paper;
    pen.fill();
    pen.stroke();
    const { gap, at } = seeds(count, radius);
    const dot = Math.max(1.3, Math.min(6, gap * 0.8));
    for (let k = 0; k < count; k += 1) {
      const value = values[year * count + k];
      const [x, y] = at(k, centre);
      pen.beginPath();
      if (owners) pen.rect(x - dot, y - dot, 2 * dot, 2 * dot);
      else pen.arc(x, y, dot, 0, TURN);
      pen.fillStyle = scale[Math.round((value / most) * (CLASSES - 1))];
      pen.fill();
      pen.strokeStyle = owners?.[year * count + k] ? ink : axis;
      pen.lineWidth = owners?.[year * count + k] ? 1.8 : 0.4;
      pen.stroke();
    }
    pen.font = `600 11.5px ${getComputedStyle(document.querySelector(".lab")).fontFamily}`;
    pen.textAlign = "center";
    pen.textBaseline = "alphabetic";
    pen.fillStyle = muted;
    pen.fillText(title, centre[0], centre[1] + radius + 18);
  }
};

// Mean number of solutions in use by a citizen in a year.
export const meanUse = (people, year) => {
  const count = people.citizens[1];
  let sum = 0;
  for (let k = 0; k < count; k += 1) sum += people.uses[year * count + k];
  return count ? sum / count : 0;
};
