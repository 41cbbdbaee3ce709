/* Light or dark, wide or narrow: known before the first paint, kept, and told to whoever draws figures.
   The same two facts go into a cookie, so that the server's first figure already has the right colours. */
(function () {
  "use strict";
  if (window.seamlineLook) { return; }
  const root = document.documentElement;
  const KEY = "seamline-theme";
  const darkSight = window.matchMedia("(prefers-color-scheme: dark)");
  const narrowSight = window.matchMedia("(max-width: 639.98px)");

  function chosen() {
    try {
      const value = window.localStorage.getItem(KEY);
      return value === "dark" || value === "light" ? value : null;
    } catch (error) {
      return null; // storage may be switched off; the system's choice then stands
    }
  }

  function theme() { return chosen() || (darkSight.matches ? "dark" : "light"); }

  function look() { return theme() + "-" + (narrowSight.matches ? "narrow" : "wide"); }

  function apply() {
    root.setAttribute("data-bs-theme", theme());
    root.setAttribute("data-ag-theme-mode", theme());
    const secure = window.location.protocol === "https:" ? "; Secure" : "";
    document.cookie = "look=" + look() + "; Path=/; Max-Age=31536000; SameSite=Lax" + secure;
  }

  function tell() {
    apply();
    const dash = window.dash_clientside;
    if (!dash || !dash.set_props || !document.getElementById("notice")) { return false; }
    dash.set_props("theme-store", { data: theme() });
    dash.set_props("width-store", { data: narrowSight.matches ? "narrow" : "wide" });
    return true;
  }

  function tellOnce() { // the frame of the page is drawn a moment after the scripts have come
    if (!tell()) { window.setTimeout(tellOnce, 50); }
  }

  function turn() {
    try {
      window.localStorage.setItem(KEY, theme() === "dark" ? "light" : "dark");
    } catch (error) {
      return;
    }
    tell();
  }

  window.seamlineLook = look;
  apply();
  tellOnce();
  darkSight.addEventListener("change", tell);
  narrowSight.addEventListener("change", tell);
  window.addEventListener("storage", function (event) { if (event.key === KEY) { tell(); } });
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-theme-toggle]")) { turn(); }
  });
})();
