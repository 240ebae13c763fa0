// The top of the page: name, pages, language, light or dark; keeps the address in step with the state.
import { h } from "./widget.js";

const wantsDark = () => window.matchMedia("(prefers-color-scheme: dark)").matches;

const settle = (spec) => {
  if (document.documentElement.lang !== spec.language) document.documentElement.lang = spec.language;
  if (document.title !== spec.title) document.title = spec.title;
  const theme = spec.theme === "auto" ? (wantsDark() ? "dark" : "light") : spec.theme;
  if (document.documentElement.dataset.theme !== theme) {
    document.documentElement.dataset.theme = theme;
    window.dispatchEvent(new Event("lab-theme"));
  }
};

const KEPT = ["page", "place", "design", "against", "story", "town"]; // a change of these is a step that Back undoes
const stepOf = (query) => {
  const read = new URLSearchParams(query);
  return KEPT.map((name) => read.get(name) ?? "").join("|");
};

const REST = 500; // ms that a lever rests before the address follows: the browser works on each change of it, and allows few

const besideLevers = (query) => {
  const read = new URLSearchParams(query);
  read.delete("set");
  return read.toString();
};

// The address says the state. What is chosen is a step in the browser's history; what is dragged replaces the last one.
const addressKeeper = () => {
  let waiting = null; // { query, clock } of a lever that may still be moved
  const write = (query, how) => {
    const { pathname, search } = window.location;
    const wanted = `${pathname}${query ? `?${query}` : ""}`;
    if (wanted !== pathname + search) window.history[how](window.history.state, "", wanted);
  };
  const settle = () => {
    if (!waiting) return;
    clearTimeout(waiting.clock);
    write(waiting.query, "replaceState");
    waiting = null;
  };
  const forget = () => {
    clearTimeout(waiting?.clock);
    waiting = null;
  };
  const keep = (query, isFirst) => {
    const now = waiting?.query ?? window.location.search.slice(1);
    if (!isFirst && query !== now && besideLevers(query) === besideLevers(now)) {
      forget();
      waiting = { query, clock: setTimeout(settle, REST) };
      return;
    }
    if (query === now) return;
    settle();
    write(query, !isFirst && stepOf(query) !== stepOf(now) ? "pushState" : "replaceState");
  };
  window.addEventListener("pagehide", settle);
  return { keep, forget, remove: () => (settle(), window.removeEventListener("pagehide", settle)) };
};

export const bar = (el, say) => {
  let spec = null;
  const header = h("header", { class: "bar" });
  el.append(header);
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const follow = () => spec && settle(spec);
  system.addEventListener("change", follow);
  const address = addressKeeper();
  const back = () => {
    address.forget();
    const query = window.location.search.slice(1);
    if (spec && query !== spec.query) say({ query });
  };
  window.addEventListener("popstate", back);

  const tabs = () =>
    h(
      "nav",
      { class: "tabs", "aria-label": spec.words.pages },
      spec.pages.map((page) =>
        h(
          "button",
          {
            type: "button",
            class: "tab",
            "aria-current": page.name === spec.page ? "page" : null,
            on: { click: () => say({ page: page.name }) },
          },
          page.title,
        ),
      ),
    );

  const tools = () => {
    const isDark = document.documentElement.dataset.theme === "dark";
    return h(
      "div",
      { class: "tools" },
      h(
        "button",
        { type: "button", class: "tool", lang: spec.words.otherLanguage, on: { click: () => say({ language: spec.words.otherLanguage }) } },
        spec.words.otherLanguageName,
      ),
      h(
        "button",
        { type: "button", class: "tool", on: { click: () => say({ theme: isDark ? "light" : "dark" }) } },
        isDark ? spec.words.light : spec.words.dark,
      ),
    );
  };

  return {
    update(next) {
      const focus = header.contains(document.activeElement) ? document.activeElement.className : null;
      const at = focus ? [...header.querySelectorAll("button")].indexOf(document.activeElement) : -1;
      address.keep(next.query, spec === null);
      const isSame = spec !== null && JSON.stringify({ ...next, query: "" }) === JSON.stringify({ ...spec, query: "" });
      spec = next;
      if (isSame) return; // a lever changes the address and nothing that stands here
      settle(spec);
      header.replaceChildren(
        h("a", { class: "skip", href: "#main" }, spec.words.skip),
        h("div", { class: "brand" }, h("span", { class: "mark", "aria-hidden": "true" }), h("h1", { class: "name" }, "Omstilling"), h("span", { class: "motto" }, spec.words.motto)),
        tabs(),
        tools(),
      );
      if (at >= 0) header.querySelectorAll("button")[at]?.focus();
    },
    remove() {
      system.removeEventListener("change", follow);
      window.removeEventListener("popstate", back);
      address.remove();
    },
  };
};
