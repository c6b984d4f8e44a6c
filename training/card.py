"""The part of the model card that training writes: what the weights were made from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

HEADING = "## Made from"


def write(card: Path, last: Path, digests: Mapping[str, str]) -> None:
    """The card ``last`` with the digests of these inputs, written to ``card``."""
    rows = "\n".join(f"| {name} | `{digest}` |" for name, digest in digests.items())
    part = f"{HEADING}\n| file | SHA-256 |\n|---|---|\n{rows}\n"
    text = last.read_text(encoding="utf-8")
    found = re.compile(rf"^{HEADING}\n(?:(?!## ).*\n)*", re.MULTILINE)
    if found.search(text):
        text = found.sub(lambda _: part + "\n", text).rstrip("\n") + "\n"
    else:
        text = f"{text.rstrip()}\n\n{part}"
    card.write_text(text, encoding="utf-8")
