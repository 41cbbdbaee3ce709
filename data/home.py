"""The folder that holds everything: who may write the vault, and where each thing lies."""

import fcntl
import json
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

BEGUN = "demo, not finished"


class VaultBusy(Exception):
    """Another process holds the vault and did not let go in time. The message names it."""


class Home:
    """Every path under `SEAMLINE_HOME`, and nothing outside it."""

    def __init__(self, root: Path) -> None:
        self.root = root.expanduser().resolve()
        self.vault = self.root / "vault.duckdb"
        self.lock = self.root / "vault.lock"
        self.releases = self.root / "releases"
        self.effects = self.root / "effects"
        self.quarantine = self.root / "quarantine"
        self.mappings = self.root / "mappings"
        self.inbox = self.root / "inbox"
        self.imports = self.root / "imports"
        self.keys = self.root / "keys"
        self.state = self.root / "state.sqlite"
        self.demo_mark = self.root / "DEMO"

    def prepare(self) -> "Home":
        """This home, with its folders made and readable by nobody else."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        folders = (self.releases, self.effects, self.quarantine, self.mappings, self.inbox, self.imports, self.keys)
        for folder in folders:
            folder.mkdir(mode=0o700, exist_ok=True)
        return self

    @property
    def is_demo(self) -> bool:
        """True when this home holds the demo world, and so may never take real answers."""
        return self.demo_mark.exists()

    @property
    def demo_begun(self) -> bool:
        """True when a demo world was begun here and never finished."""
        return self.is_demo and self.demo_mark.read_text(encoding="utf-8").strip() == BEGUN

    @property
    def is_empty(self) -> bool:
        """True when nothing was ever loaded here, or only a demo world that was not finished."""
        return self.demo_begun or not (self.vault.exists() or self.is_demo)

    def mark_demo(self, *, finished: bool) -> None:
        """Marks this home as one of the demo world, for ever."""
        self.demo_mark.write_text("demo\n" if finished else BEGUN + "\n", encoding="utf-8")

    def secret(self, name: str) -> str:
        """The secret of that name (64 hex digits), made on first use and kept in a file of its own."""
        self.keys.mkdir(parents=True, mode=0o700, exist_ok=True)
        path = self.keys / name
        if not path.exists():
            draft = self.keys / f".{name}-{secrets.token_hex(4)}"
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_hex(32))
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(draft, path)
            draft.unlink()
        return path.read_text()

    @contextmanager
    def hold_vault(self, purpose: str, wait: float = 60.0) -> Iterator[None]:
        """Holds the vault for one batch. Raises VaultBusy, naming the holder, after `wait` seconds."""
        self.prepare()
        handle = os.open(self.lock, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(handle, "r+") as file:
            deadline = time.monotonic() + wait
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() >= deadline:
                        raise VaultBusy(self._holder()) from None
                    time.sleep(0.1)
            file.seek(0)
            file.truncate()
            json.dump(
                {
                    "pid": os.getpid(),
                    "purpose": purpose,
                    "since": datetime.now(UTC).isoformat("T", "seconds"),
                },
                file,
            )
            file.flush()
            try:
                yield
            finally:
                file.seek(0)
                file.truncate()
                file.flush()

    def _holder(self) -> str:
        try:
            held = json.loads(self.lock.read_text())
            return (
                f"The vault is in use by process {held['pid']} ({held['purpose']}) since {held['since']}. "
                "Wait until it has finished, or stop it, and try again."
            )
        except (ValueError, KeyError, OSError):
            return "The vault is in use by another process. Wait until it has finished and try again."


def sync_folder(folder: Path) -> None:
    """Makes renames in a folder last."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
