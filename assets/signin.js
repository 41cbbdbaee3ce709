/* Two small things. On the sign-in and account pages: the chosen theme, and showing what was typed as a
   password. In the portal: when a session has ended, a click leads to the sign-in page instead of nothing. */
(function () {
  "use strict";

  function chosenTheme() {
    try {
      const kept = window.localStorage.getItem("seamline-theme");
      if (kept === "dark" || kept === "light") { return kept; }
    } catch (error) { /* storage may be switched off; the system's choice then stands */ }
    return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }

  function showable(button) {
    const field = document.getElementById(button.getAttribute("data-shows"));
    if (!field) { return; }
    button.hidden = false;
    button.addEventListener("click", function () {
      const shown = field.type === "password";
      field.type = shown ? "text" : "password";
      button.setAttribute("aria-pressed", String(shown));
      button.querySelector(".bi").className = shown ? "bi bi-eye-slash" : "bi bi-eye";
      field.focus();
    });
  }

  if (!window.location.pathname.startsWith("/app/")) {
    document.documentElement.setAttribute("data-bs-theme", chosenTheme());
    document.addEventListener("DOMContentLoaded", function () {
      document.querySelectorAll("[data-shows]").forEach(showable);
    });
    return;
  }

  const ask = window.fetch;
  let leaving = false;
  window.fetch = function () {
    return ask.apply(window, arguments).then(function (response) {
      if (response.status !== 401 || !new URL(response.url).pathname.startsWith("/app/_dash-")) { return response; }
      if (!leaving) {
        leaving = true;
        const here = window.location.pathname + window.location.search;
        window.location.assign("/signin?next=" + encodeURIComponent(here));
      }
      return new Promise(function () {}); // nobody is answered any more, as the page is being left
    });
  };
})();
