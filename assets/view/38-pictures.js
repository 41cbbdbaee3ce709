/* Pictures to take away. The page puts a figure into data-picture when somebody asks for a PNG; it is made here, in the
   browser, from that figure alone: light, as wide as it says, whatever the screen shows. */
(function () {
  "use strict";

  function keep(address, name) {
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
  }

  function fail() {
    const dash = window.dash_clientside;
    if (dash && dash.set_props) {
      dash.set_props("notice", { children: "The picture could not be made in this browser. The CSV holds its numbers." });
    }
  }

  function make(text) {
    if (!window.Plotly) { fail(); return; }
    const wanted = JSON.parse(text);
    const size = { format: "png", width: wanted.width, height: wanted.height, scale: 2 };
    window.Plotly.toImage(wanted.figure, size).then(function (address) { keep(address, wanted.name); }, fail);
  }

  new MutationObserver(function (changes) {
    changes.forEach(function (change) {
      const text = change.target.getAttribute("data-picture");
      if (text) { make(text); }
    });
  }).observe(document.documentElement, { attributes: true, attributeFilter: ["data-picture"], subtree: true });

  /* A place within a page that may be linked to, as in "#cascade": the page is drawn after its address was read, so
     the place is looked for until it is there. */
  let sought = "";
  function seek() {
    const name = window.location.hash.slice(1);
    if (!name || sought === window.location.href) { return; }
    const place = document.getElementById(name);
    if (!place || !place.hasAttribute("data-anchor")) { return; }
    sought = window.location.href;
    place.scrollIntoView();
    place.focus({ preventScroll: true });
  }
  new MutationObserver(seek).observe(document.documentElement, { childList: true, subtree: true });
})();
