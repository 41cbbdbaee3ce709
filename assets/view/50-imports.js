/* A file is brought: dropped on the zone or chosen with the button, by mouse or keyboard, and sent as a plain form post
   with a bar that shows how far it is. The server checks everything again; without scripts there is /imports/new. */
(function () {
  "use strict";
  const MOST = 20 * 1024 * 1024;
  const LARGE = "The file is larger than 20 MB, the most that is taken here. Split it, or ask the operator.";
  const FAILED = "It could not be sent. Look whether you are still connected, and try again.";

  function token() {
    const found = document.cookie.split("; ").find(function (one) { return one.startsWith("_csrf_token="); });
    return found ? decodeURIComponent(found.slice("_csrf_token=".length)) : "";
  }

  function tell(button, words, share) {
    const dash = window.dash_clientside;
    dash.set_props(button.getAttribute("data-said"), { children: words });
    dash.set_props("imports-upload-bar", { hidden: share === null, value: String(Math.round(100 * (share || 0))) });
    button.disabled = share !== null;
  }

  function answered(button, request) {
    let told = {};
    try { told = JSON.parse(request.responseText); } catch (_problem) { told = {}; }
    if (request.status === 201 && typeof told.address === "string" && told.address.startsWith("/app/")) {
      window.location.assign(told.address);
      return;
    }
    tell(button, request.status === 413 ? LARGE : (told.error || FAILED), null);
  }

  function bring(button, file) {
    if (file.size > MOST) { tell(button, LARGE, null); return; }
    const form = new FormData();
    form.append("csrf_token", token());
    form.append("file", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", button.getAttribute("data-brings"));
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", token());
    request.upload.addEventListener("progress", function (event) {
      if (event.lengthComputable) { tell(button, "Sending " + file.name + "…", event.loaded / event.total); }
    });
    request.addEventListener("load", function () { answered(button, request); });
    request.addEventListener("error", function () { tell(button, FAILED, null); });
    tell(button, "Sending " + file.name + "…", 0);
    request.send(form);
  }

  function zone(target) { return target instanceof Element ? target.closest("[data-drop]") : null; }

  document.addEventListener("click", function (event) {
    const button = event.target instanceof Element ? event.target.closest("[data-brings]") : null;
    if (!button) { return; }
    const field = document.createElement("input");
    field.type = "file";
    field.addEventListener("change", function () { if (field.files.length) { bring(button, field.files[0]); } });
    field.click();
  });

  document.addEventListener("dragover", function (event) {
    const place = zone(event.target);
    if (place) { event.preventDefault(); place.classList.add("over"); }
  });
  document.addEventListener("dragleave", function (event) {
    const place = zone(event.target);
    if (place && !place.contains(event.relatedTarget)) { place.classList.remove("over"); }
  });
  document.addEventListener("drop", function (event) {
    const place = zone(event.target);
    if (!place) { return; }
    event.preventDefault();
    place.classList.remove("over");
    const button = document.getElementById(place.getAttribute("data-drop"));
    if (button && !button.disabled && event.dataTransfer && event.dataTransfer.files.length) {
      bring(button, event.dataTransfer.files[0]);
    }
  });
})();
