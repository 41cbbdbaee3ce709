"""The Chromium that the browser tests drive: where it is, and how to get one on a new machine.

Run as a module (`make test` does), it installs Chromium when there is none, it may, and apt-get exists.
Playwright's own download is not used: the machine's Chromium is patched with the machine.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = (
    "no Chromium was found, so the browser tests are skipped: install it (Debian: apt-get install chromium) "
    "or set SEAMLINE_CHROMIUM to its path"
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def executable() -> str | None:
    """The path of a Chromium: the one that SEAMLINE_CHROMIUM names, else the first on PATH, else None."""
    named = os.environ.get("SEAMLINE_CHROMIUM")
    if named:
        return shutil.which(named)
    return next((path for path in map(shutil.which, NAMES) if path), None)


def installed_by_apt() -> bool:
    """True when apt-get has just installed Chromium. Only root may, and only where apt-get exists."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0 or os.environ.get("SEAMLINE_CHROMIUM"):
        return False
    print("Installing Chromium for the browser tests (only this once).", file=sys.stderr)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        done = subprocess.run(
            [apt, "-q", *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            print(f"apt-get {arguments[0]} failed:\n{done.stderr[-2000:]}", file=sys.stderr)
            return False
    return True


def version(path: str) -> str:
    """What that Chromium calls itself, empty when it does not start."""
    answer = subprocess.run([path, "--version"], capture_output=True, text=True, check=False, timeout=60)
    return answer.stdout.strip() if answer.returncode == 0 else ""


def main() -> None:
    """Says which Chromium the browser tests will drive; installs one first where that is possible."""
    path = executable() or (executable() if installed_by_apt() else None)
    if path is None or not version(path):
        print(MISSING[0].upper() + MISSING[1:] + ".", file=sys.stderr)
    else:
        print(f"The browser tests drive {version(path)} ({Path(path).name}).", file=sys.stderr)


if __name__ == "__main__":
    main()
