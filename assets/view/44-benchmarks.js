/* A button that copies the text of one part of the page, as for a citation: data-copy-text names the part. */
(function () {
  "use strict";

  function copy(button) {
    const part = document.getElementById(button.getAttribute("data-copy-text"));
    const words = Array.from(button.childNodes).find(function (node) { return node.nodeType === Node.TEXT_NODE; });
    if (!part || !words || button.hasAttribute("data-said")) { return; }
    function say(text) {
      const before = words.nodeValue;
      words.nodeValue = text;
      button.setAttribute("data-said", "");
      window.setTimeout(function () { words.nodeValue = before; button.removeAttribute("data-said"); }, 2000);
    }
    function mark() { // the reader copies it by hand
      window.getSelection().selectAllChildren(part);
      say("Copy the marked text");
    }
    if (window.navigator.clipboard) {
      window.navigator.clipboard.writeText(part.textContent).then(function () { say("Citation copied"); }, mark);
      return;
    }
    window.getSelection().selectAllChildren(part); // a page without TLS has no clipboard of its own
    if (document.execCommand("copy")) { say("Citation copied"); } else { mark(); }
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-copy-text]");
    if (button) { copy(button); }
  });
})();
