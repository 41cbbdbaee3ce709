/* Small manners of the portal: choosing an action without leaving the page, arrow keys in a list,
   the address that follows what is drawn, and the copy button. */
(function () {
  "use strict";

  function plain(event) {
    return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  }

  let focused = null; // the link whose act redraws the list it stands in, so that focus can return to it

  function refocus() {
    if (!focused || document.activeElement !== document.body) { return; }
    const links = Array.from(document.querySelectorAll("a[data-action]"));
    const again = links.find(function (link) {
      return focused.name ? link.getAttribute("aria-label") === focused.name
        : link.getAttribute("data-action") === focused.action && !link.hasAttribute("aria-label");
    });
    if (again) { again.focus({ preventScroll: true }); }
    focused = null;
  }

  function choose(event, link) {
    const dash = window.dash_clientside;
    if (!plain(event) || !dash || !dash.set_props) { return; } // then the link is followed as any link is
    event.preventDefault();
    focused = { action: link.getAttribute("data-action"), name: link.getAttribute("aria-label") };
    dash.set_props("timeline-chosen", { data: link.getAttribute("data-action") });
  }

  function stay(event, link) { // the same page with another search: the portal redraws it, nothing is loaded anew
    const dash = window.dash_clientside;
    if (!plain(event) || !dash || !dash.set_props || link.pathname !== window.location.pathname) { return; }
    event.preventDefault();
    if (link.closest("[data-drawer]")) { // closing: Back leads to what was there before, not into the drawer again
      window.history.replaceState(window.history.state, "", link.href);
      window.dispatchEvent(new PopStateEvent("popstate", { state: window.history.state })); // redraws, as Back does
      return;
    }
    dash.set_props("url", { search: link.search });
  }

  function copy(button) {
    const address = window.location.href;
    const words = Array.from(button.childNodes).find(function (node) { return node.nodeType === Node.TEXT_NODE; });
    if (!words || button.hasAttribute("data-said")) { return; }
    function say(text) {
      const before = words.nodeValue;
      words.nodeValue = text;
      button.setAttribute("data-said", "");
      window.setTimeout(function () { words.nodeValue = before; button.removeAttribute("data-said"); }, 2000);
    }
    if (window.navigator.clipboard) {
      window.navigator.clipboard.writeText(address).then(
        function () { say("Link copied"); }, function () { say("Copy the address above"); });
      return;
    }
    const field = document.createElement("textarea"); // a page without TLS has no clipboard of its own
    field.value = address;
    document.body.appendChild(field);
    field.select();
    say(document.execCommand("copy") ? "Link copied" : "Copy the address above");
    field.remove();
  }

  document.addEventListener("click", function (event) {
    const link = event.target.closest("a[data-action]");
    if (link) { choose(event, link); return; }
    const within = event.target.closest("a[data-within]");
    if (within) { stay(event, within); return; }
    const button = event.target.closest("[data-copy-link]");
    if (button) { copy(button); return; }
    const menu = event.target.closest("details.sl-menu");
    document.querySelectorAll("details.sl-menu[open]").forEach(function (open) {
      if (open !== menu || event.target.closest("a")) { open.removeAttribute("open"); }
    });
  });

  const STEPS = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      document.querySelectorAll("details.sl-menu[open]").forEach(function (open) {
        open.removeAttribute("open");
        open.querySelector("summary").focus();
      });
      return;
    }
    const list = event.target.closest("[data-arrow-keys]");
    if (!list || !(event.key in STEPS)) { return; }
    const links = Array.from(list.querySelectorAll("a[data-action]"));
    const here = links.indexOf(event.target.closest("a[data-action]"));
    if (here < 0) { return; }
    event.preventDefault();
    links[Math.max(0, Math.min(links.length - 1, here + STEPS[event.key]))].focus();
  });

  /* What is drawn and the address agree: the page says its search in data-search whenever it changes. The
     portal's Location is told too, or it would put back the address that it knew at its next change. */
  new MutationObserver(function (changes) {
    changes.forEach(function (change) {
      const search = change.target.getAttribute("data-search");
      if (search !== null && search !== window.location.search) {
        window.history.replaceState(window.history.state, "", window.location.pathname + search);
        window.dash_clientside.set_props("url", { href: window.location.href, search: search });
        window.setTimeout(refocus, 60);
      }
    });
  }).observe(document.documentElement, { attributes: true, attributeFilter: ["data-search"], subtree: true });
})();
