/* Small things around signing in. On the plain pages: the chosen theme, and showing what was typed as a password.
   There and in the portal: copying a text that is shown once. In the portal: when a session has ended, a click leads
   to the sign-in page instead of nothing. */
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

  function wholeText(source) {
    const items = Array.from(source.querySelectorAll("li"));
    return items.length ? items.map(function (item) { return item.textContent.trim(); }).join("\n")
      : (source.value || source.textContent).trim();
  }

  function copied(button) {
    const source = document.getElementById(button.getAttribute("data-copies"));
    const words = button.lastChild;
    if (!source || button.hasAttribute("data-said")) { return; }
    function say(text) {
      const before = words.textContent;
      words.textContent = text;
      button.setAttribute("data-said", "");
      window.setTimeout(function () { words.textContent = before; button.removeAttribute("data-said"); }, 2000);
    }
    if (window.navigator.clipboard) {
      window.navigator.clipboard.writeText(wholeText(source)).then(
        function () { say("Copied"); }, function () { say("Select and copy it"); });
      return;
    }
    const field = document.createElement("textarea"); // a page without TLS has no clipboard of its own
    field.value = wholeText(source);
    document.body.appendChild(field);
    field.select();
    say(document.execCommand("copy") ? "Copied" : "Select and copy it");
    field.remove();
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-copies]");
    if (button) { copied(button); }
  });

  if (!window.location.pathname.startsWith("/app/")) {
    document.documentElement.setAttribute("data-bs-theme", chosenTheme());
    document.addEventListener("DOMContentLoaded", function () {
      document.querySelectorAll("[data-shows]").forEach(showable);
      document.querySelectorAll("[data-copies]").forEach(function (button) { button.hidden = false; });
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
