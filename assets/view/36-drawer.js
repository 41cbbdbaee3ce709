/* The drawer that explains a score is drawn by the server when the address names one. What a server cannot do is here:
   focus goes into it and returns to the link that opened it, Escape closes it, and what lies behind cannot be reached. */
(function () {
  "use strict";
  let open = null; // the drawer that has the focus now

  function behind(drawer) { // everything on the page that is neither the drawer nor around it
    const found = [];
    for (let node = drawer; node && node !== document.body; node = node.parentElement) {
      Array.from(node.parentElement.children).forEach(function (other) {
        if (other !== node && !/^(SCRIPT|STYLE)$/.test(other.tagName)) { found.push(other); }
      });
    }
    return found;
  }

  function follow() {
    const drawer = document.querySelector("[data-drawer]");
    if (drawer) {
      behind(drawer).forEach(function (one) { if (!one.inert) { one.inert = true; one.setAttribute("data-behind", ""); } });
      if (drawer !== open) {
        open = drawer;
        open.key = drawer.getAttribute("data-drawer");
        drawer.querySelector("[data-closes]").focus({ preventScroll: true });
      }
      return;
    }
    if (!open) { return; }
    const key = open.key;
    open = null;
    document.querySelectorAll("[data-behind]").forEach(function (one) {
      one.inert = false;
      one.removeAttribute("data-behind");
    });
    const opener = Array.from(document.querySelectorAll("[data-explains]")).find(function (link) {
      return link.getAttribute("data-explains") === key;
    });
    if (opener) { opener.focus({ preventScroll: true }); }
  }

  document.addEventListener("keydown", function (event) {
    const close = event.key === "Escape" && open && open.isConnected && open.querySelector("[data-closes]");
    if (close) { event.preventDefault(); close.click(); }
  });

  new MutationObserver(follow).observe(document.documentElement, { childList: true, subtree: true });
})();
