// Reads a film: the value of a quantity for a municipality at a time, which may lie between two years; and its class.

export const filmOf = (raw) => {
  const towns = raw.population.length / raw.years.length;
  const size = raw.years.length * towns;
  const elements = raw.stage.length / size;
  const last = raw.years.length - 1;

  // Quantity `name` of municipality m at year t (counted from the first), as recorded.
  const value = (name, t, m) => {
    const [k, low, step] = raw.fields[name];
    const y = Math.min(Math.floor(t), last);
    const part = t - y;
    const at = k * size + y * towns + m;
    const here = raw.values[at];
    const steps = part > 0 && y < last ? here + part * (raw.values[at + towns] - here) : here;
    return low + step * steps;
  };

  return {
    ...raw,
    towns,
    last,
    elementCount: elements,
    value,
    people: (y, m) => raw.population[y * towns + m],
    stageOf: (y, m, e) => raw.stage[(y * towns + m) * elements + e],
    practiceOf: (y, m, e) => raw.practice[(y * towns + m) * elements + e],
    hasArena: (y, m) => raw.arena[y * towns + m] === 1,
    bondCount: raw.bonds.length / 4,
  };
};

// What colours the municipalities: a quantity of one film, or its difference between two.
export const paintOf = (shade, film, other, shown) => {
  const isApart = shown === "apart" && other !== null;
  const source = shown === "other" && other !== null ? other : film;
  const { bounds, tokens, labels } = isApart ? shade.apart : shade;
  const scale = shade.scale;
  const isWhole = shade.digits === 0 && shade.scale === 1;
  const raw = isApart
    ? (t, m) => film.value(shade.name, t, m) - other.value(shade.name, t, m)
    : (t, m) => source.value(shade.name, t, m);
  const value = isWhole ? (t, m) => Math.round(raw(t, m)) : (t, m) => raw(t, m) * scale;
  const classOf = (v) => {
    let k = 0;
    while (k < bounds.length && v >= bounds[k] - 1e-6) k += 1;
    return k;
  };
  return { id: `${shade.name} ${source.id} ${isApart}`, isApart, source, value, classOf, tokens, labels, unit: isApart ? shade.apart.unit : shade.unit, digits: shade.digits };
};

const known = new Map();
window.addEventListener("lab-theme", () => known.clear());

// The colours of some tokens as the page has them now.
export const colours = (tokens) =>
  tokens.map((token) => {
    if (!known.has(token)) known.set(token, getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim());
    return known.get(token);
  });

export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
