"""The import rule: stages know records and geodesy, the edge knows the stages, and nothing knows the edge."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import geomap

PACKAGE = Path(geomap.__file__).parent
FOUNDATIONS = {
    "errors",
    "display",
    "model",
    "geodesy",
    "plane",
    "components",
    "extent",
    "bounds",
    "calibration",
    "zones",
    "moments",
    "asof",
    "network",
    "datelines",
    "tongue",
}
STAGES = {
    "read",
    "parse",
    "geoparse",
    "claims",
    "regions",
    "check",
    "compare",
    "ends",
    "incident",
    "versions",
    "changes",
}
EDGE = {
    "cli",
    "archive",
    "desk",
    "web",
    "corpus",
    "notebook",
    "store",
    "render",
    "config",
    "terminal",
    "wire",
    "files",
    "inorder",
    "catalogs",
}
OTHERS = {"gazetteer", "pipeline", "__init__"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def part(path: Path) -> str:
    """The top-level part of the package that a file belongs to."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> set[str]:
    """The parts of geomap that a file imports, at its top or in a function."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "geomap":
                found |= {alias.name for alias in node.names}
            elif node.module.startswith("geomap."):
                found.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("geomap.")}
    return found - {part(path)}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    """What a part may import depends on the layer it stands in."""
    mine, theirs = part(path), imports(path)
    if mine in FOUNDATIONS:
        assert theirs <= FOUNDATIONS
    elif mine in STAGES:
        assert not theirs & EDGE
        assert theirs & STAGES <= ({"compare"} if mine == "incident" else set())
    if mine not in EDGE | {"__init__"}:
        assert not theirs & {"cli", "web", "desk", "corpus", "notebook"}


def test_every_part_has_its_layer() -> None:
    """A new module is placed in a layer before it is imported anywhere."""
    assert {part(path) for path in modules()} == FOUNDATIONS | STAGES | (EDGE - {"corpus"}) | OTHERS


def test_the_environment_is_read_in_one_place() -> None:
    """Only config.py reads settings from the environment."""
    readers = {path.name for path in modules() if re.search(r"\bos\.(environ|getenv)\b", path.read_text("utf8"))}
    assert readers <= {"config.py"}


def test_the_public_names_exist() -> None:
    """``geomap.__all__`` is honest: each name can be had, and is documented."""
    for name in geomap.__all__:
        assert getattr(geomap, name).__doc__
