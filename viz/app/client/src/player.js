// The bar that plays: play and pause, a year back and on, the year, a slider, the speed. Keeps the time, draws nothing else.
import { h } from "./widget.js";

const SPEEDS = [0.5, 1, 2, 4];
const LONGEST = 0.1; // s that one frame may advance, however long the page was away

export const player = (hear) => {
  let years = [];
  let time = 0;
  let isPlaying = false;
  let speed = 2;
  let frame = 0;
  let before = 0;
  let words = {};
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

  const symbol = (path) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
    shape.setAttribute("d", path);
    svg.append(shape);
    return { svg, set: (d) => shape.setAttribute("d", d) };
  };
  const PLAY = "M8 5v14l11-7z";
  const PAUSE = "M7 5h4v14H7zM13 5h4v14h-4z";
  const icon = symbol(PLAY);
  const play = h("button", { type: "button", class: "round main", on: { click: () => toggle() } }, icon.svg);
  const back = h("button", { type: "button", class: "round", on: { click: () => step(-1) } }, symbol("M6 5h2.5v14H6zM19 5v14L9.5 12z").svg);
  const forth = h("button", { type: "button", class: "round", on: { click: () => step(1) } }, symbol("M15.5 5H18v14h-2.5zM5 5v14l9.5-7z").svg);
  const output = h("output", { class: "year-now", for: "watch-year" });
  const slider = h("input", { type: "range", id: "watch-year", min: 0, max: 1, step: 1 });
  const scale = h("div", { class: "scale", "aria-hidden": "true" });
  const pace = h("select", { class: "pace", on: { change: () => (speed = Number(pace.value)) } });
  const hint = h("p", { class: "unseen", id: "watch-keys" });
  const bar = h(
    "div",
    { class: "player", role: "group", "aria-describedby": "watch-keys" },
    back, play, forth, output,
    h("div", { class: "track" }, slider, scale),
    pace,
    hint,
  );

  // What is shown: between two years only while playing, and not for those who want less motion.
  const shownTime = () => (isPlaying && !calm.matches ? time : Math.floor(time + 1e-9));

  const show = () => {
    const year = years[Math.floor(time + 1e-9)];
    if (output.textContent !== String(year)) {
      output.textContent = year;
      slider.value = Math.floor(time + 1e-9);
      slider.setAttribute("aria-valuetext", String(year));
    }
    slider.style.setProperty("--at", Math.floor(time + 1e-9) / Math.max(1, years.length - 1));
    hear.shown(shownTime());
  };

  const label = () => {
    icon.set(isPlaying ? PAUSE : PLAY);
    play.setAttribute("aria-label", isPlaying ? words.pause : words.play);
    play.title = isPlaying ? words.pause : words.play;
  };

  const tick = (now) => {
    if (!isPlaying) return;
    time = Math.min(years.length - 1, time + speed * Math.min(LONGEST, (now - before) / 1000));
    before = now;
    if (time >= years.length - 1) pause();
    else {
      if (!calm.matches || years[Math.floor(time + 1e-9)] !== Number(output.textContent)) show();
      frame = requestAnimationFrame(tick);
    }
  };

  const pause = () => {
    isPlaying = false;
    cancelAnimationFrame(frame);
    time = Math.floor(time + 1e-9);
    label();
    show();
    hear.settled(years[time]);
  };

  const toggle = () => {
    if (isPlaying) return pause();
    if (time >= years.length - 1) time = 0;
    isPlaying = true;
    before = performance.now();
    label();
    frame = requestAnimationFrame(tick);
  };

  const go = (to) => {
    isPlaying = false;
    cancelAnimationFrame(frame);
    time = Math.min(years.length - 1, Math.max(0, to));
    label();
    show();
    hear.settled(years[time]);
  };
  const step = (by) => go(Math.floor(time + 1e-9) + by);

  slider.addEventListener("input", () => {
    isPlaying = false;
    cancelAnimationFrame(frame);
    time = Number(slider.value);
    label();
    show();
  });
  slider.addEventListener("change", () => hear.settled(years[Math.floor(time)]));

  // Keys of the whole page, unless somebody is in a field or on a button that has its own use for them.
  const OWN = { " ": () => toggle(), ArrowLeft: () => step(-1), ArrowRight: () => step(1), Home: () => go(0), End: () => go(years.length - 1) };
  const key = (event) => {
    const at = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || !OWN[event.key] || !bar.isConnected) return;
    if (at.matches?.("select, textarea, input:not([type=range]), [contenteditable]")) return;
    if (at.matches?.("input[type=range]") && at !== slider) return;
    if (event.key === " " && at.matches?.("button, summary, a, label")) return;
    if (at.closest?.("[data-own-keys]")) return;
    event.preventDefault();
    OWN[event.key]();
  };
  document.addEventListener("keydown", key);

  return {
    node: bar,
    get time() {
      return shownTime();
    },
    get year() {
      return years[Math.floor(time + 1e-9)];
    },
    get isPlaying() {
      return isPlaying;
    },
    goTo(year) {
      const at = years.indexOf(year);
      if (at >= 0) go(at);
    },
    place(year) {
      time = Math.max(0, years.indexOf(year));
      show();
    },
    update(nextYears, nextWords) {
      const year = years[Math.floor(time + 1e-9)];
      const isNew = nextYears.join() !== years.join();
      years = nextYears;
      words = nextWords;
      if (isNew) {
        time = Math.max(0, years.indexOf(year));
        slider.max = years.length - 1;
        scale.replaceChildren(
          ...years
            .map((y, k) => [y, k])
            .filter(([y]) => y % 5 === 0)
            .map(([y, k]) => h("span", { style: `--at: ${k / Math.max(1, years.length - 1)}` }, String(y))),
        );
      }
      bar.setAttribute("aria-label", words.player);
      hint.textContent = words.keys;
      slider.setAttribute("aria-label", words.year);
      for (const [button, text] of [[back, words.back], [forth, words.forth]]) {
        button.setAttribute("aria-label", text);
        button.title = text;
      }
      pace.setAttribute("aria-label", words.speed);
      pace.replaceChildren(
        ...SPEEDS.map((n) => h("option", { value: n, selected: n === speed }, words.years_a_second.replace("{n}", n.toLocaleString(document.documentElement.lang)))),
      );
      label();
      show();
    },
    remove() {
      cancelAnimationFrame(frame);
      isPlaying = false;
      document.removeEventListener("keydown", key);
    },
  };
};
