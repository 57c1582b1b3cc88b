// Runs before the first paint, so a chosen theme does not flash; hence no module.
(() => {
  const KEY = "workspace-theme";
  const root = document.documentElement;
  const show = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  show(localStorage.getItem(KEY));
  document.addEventListener("DOMContentLoaded", () => {
    const chosen = root.dataset.theme ?? "auto";
    for (const radio of document.querySelectorAll("input[name=theme]")) {
      radio.checked = radio.value === chosen;
      radio.addEventListener("change", () => {
        show(radio.value);
        localStorage.setItem(KEY, radio.value);
      });
    }
  });
})();
