"""SHA-256 of files, alone and together."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path


def of_file(path: Path) -> str:
    """The digest of one file's bytes, in hexadecimal."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def of_files(paths: Iterable[Path], root: Path) -> str:
    """One digest over names (as seen from ``root``) and contents, whatever the order or dates."""
    total = hashlib.sha256()
    for name, path in sorted((Path(os.path.relpath(path, root)).as_posix(), path) for path in paths):
        total.update(f"{name} {of_file(path)}\n".encode())
    return total.hexdigest()
