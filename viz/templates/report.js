(() => {
  const root = document.documentElement;
  const buttons = document.querySelectorAll("[data-speak]");
  const speak = (language) => {
    root.lang = root.dataset.language = language;
    document.title = root.dataset[language];
    buttons.forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.speak === language)));
  };
  buttons.forEach((b) => b.addEventListener("click", () => speak(b.dataset.speak)));
})();
