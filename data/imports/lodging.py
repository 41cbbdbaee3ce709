"""Where the bytes of an import lie while it is on its way: a folder of its own in the home, for nobody else to read."""

import hashlib
import os
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from data.home import Home, sync_folder

LARGEST = 20 * 1024 * 1024
"""So many bytes one file may have (guides/security.md §2.3)."""
LONGEST_NAME = 120
PIECE = 1 << 20
MAPPING = "mapping.toml"
SIGHT = "sight.json"


class TooLarge(Exception):
    """A file is larger than is taken. Nothing of it was kept."""


@dataclass(frozen=True)
class Lodged:
    """A file that was kept: how many bytes it has, and their SHA-256."""

    size: int
    hash: str


def cleaned_name(name: object) -> str:
    """A file name as it may be kept and shown: its last part, without anything that steers a terminal or a path."""
    text = unicodedata.normalize("NFC", name) if isinstance(name, str) else ""
    last = text.replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*').strip(" .")
    stem, dot, suffix = plain.rpartition(".")
    shorter = plain if len(plain) <= LONGEST_NAME else f"{stem[: LONGEST_NAME - 10]}{dot}{suffix[:9]}"
    while len(shorter.encode()) > 200:  # file systems count bytes
        shorter = shorter[1:]
    return shorter or "file"


def folder_of(home: Home, public_id: str) -> Path:
    """The folder of an import. The id comes from the state store, and nothing else may be passed here."""
    if not (len(public_id) == 32 and all(sign in "0123456789abcdef" for sign in public_id)):
        raise ValueError("not the id of an import")
    return home.imports / public_id


def bytes_of(home: Home, public_id: str, name: str) -> Path:
    """Where the file that was brought lies."""
    return folder_of(home, public_id) / "bytes" / name


def quarantine_of(home: Home, public_id: str) -> Path:
    """Where the rows that were left out lie."""
    return folder_of(home, public_id) / "left-out.csv"


def lodged(home: Home, public_id: str, name: str, stream: IO[bytes]) -> Lodged:
    """The file, written whole under its name or not at all. Raises TooLarge."""
    place = bytes_of(home, public_id, name)
    for folder in (home.imports, place.parent.parent, place.parent):
        folder.mkdir(mode=0o700, exist_ok=True)
    draft = place.parent / ".draft"
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            for piece in pieces(stream):
                size += len(piece)
                if size > LARGEST:
                    raise TooLarge
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(place)
    except BaseException:
        forgotten(home, public_id)
        raise
    sync_folder(place.parent)
    return Lodged(size, digest.hexdigest())


def pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """What comes from a stream, a piece at a time."""
    while piece := stream.read(PIECE):
        yield piece


def written(home: Home, public_id: str, name: str, text: str) -> Path:
    """A small text beside the file, replaced in one step."""
    folder = folder_of(home, public_id)
    draft = folder / f".{name}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return draft.replace(folder / name)


def forgotten(home: Home, public_id: str) -> None:
    """Nothing; no byte of the file is kept any more."""
    shutil.rmtree(folder_of(home, public_id), ignore_errors=True)


def lodgers(home: Home) -> list[str]:
    """The ids of all imports whose bytes lie here."""
    if not home.imports.is_dir():
        return []
    return sorted(folder.name for folder in home.imports.iterdir() if folder.is_dir() and len(folder.name) == 32)
