"""Writing files so that nothing half-written stays behind."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geomap.errors import BadInput, GeomapError


def require_folder(path: Path) -> None:
    """Raises :class:`~geomap.errors.BadInput` unless a file can be put at ``path``; asked before the long work."""
    folder = path.absolute().parent
    if not folder.is_dir():
        raise BadInput(f"{path}: there is no folder {folder}; make it first")
    if path.is_dir():
        raise BadInput(f"{path}: that is a folder; name a file to write")
    if not os.access(folder, os.W_OK):
        raise BadInput(f"{path}: the folder {folder} cannot be written to; choose another")


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary file beside ``path`` to write to, which takes its place when the block ends well, and only then.

    Raises :class:`~geomap.errors.GeomapError` where the file cannot be written.
    """
    require_folder(path)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=path.suffix, dir=path.absolute().parent)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    except OSError as error:
        raise GeomapError(f"{path}: it could not be written ({error.strerror or error})") from error
    finally:
        part.unlink(missing_ok=True)


def write(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8, whole or not at all."""
    with replacing(path) as part:
        part.write_text(text, encoding="utf-8", newline="\n")


def _umask() -> int:
    # The only way to ask for the mask is to set it.
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
