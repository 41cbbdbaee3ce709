/* A photo for a reply is made small here, before it is sent: a phone's picture is larger than the portal takes, and what
   the camera wrote into it need not travel. The server decodes and cleans whatever arrives, so nothing rests on this. */
(function () {
  "use strict";
  const LONG_SIDES = [1600, 1200, 800];
  const MOST = 1200000; // characters of the address that is sent, well under what the portal takes at once
  const NO_PICTURE = "This file is no picture that can be read. Choose a JPEG, PNG or WebP file.";

  function tell(target, source, words) {
    const dash = window.dash_clientside;
    dash.set_props(target, { src: source });
    dash.set_props(target + "-box", { hidden: !source });
    dash.set_props(target + "-said", { children: words });
  }

  function drawn(bitmap, longest) {
    const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/jpeg", 0.85);
  }

  function small(bitmap) { // the largest that fits, or nothing
    for (const longest of LONG_SIDES) {
      const address = drawn(bitmap, longest);
      if (address.startsWith("data:image/jpeg") && address.length <= MOST) { return address; }
    }
    return null;
  }

  function take(file, target) {
    window.createImageBitmap(file, { imageOrientation: "from-image" }).then(function (bitmap) {
      const address = small(bitmap);
      bitmap.close();
      tell(target, address, address ? "" : NO_PICTURE);
    }).catch(function () { tell(target, null, NO_PICTURE); });
  }

  document.addEventListener("click", function (event) {
    const off = event.target.closest("[data-photo-off]");
    if (off) {
      const target = off.getAttribute("data-photo-off");
      tell(target, null, "");
      document.querySelector("[data-photo-for='" + target + "']").focus();
      return;
    }
    const button = event.target.closest("[data-photo-for]");
    if (!button) { return; }
    const field = document.createElement("input");
    field.type = "file";
    field.accept = "image/jpeg,image/png,image/webp";
    field.addEventListener("change", function () {
      if (field.files.length) { take(field.files[0], button.getAttribute("data-photo-for")); }
    });
    field.click();
  });
})();
