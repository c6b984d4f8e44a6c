"""Bring the catalogs in geomap/locale/ up to date with what the code says: ``python -m tools.messages``.

For maintainers. New messages are added without a translation, those that nothing says any more are taken out, and the
files where each is said are written beside it. ``--missing`` only prints what lacks a translation. Messages are found
by Babel's extractors in Python (``say``, ``say_many``, ``say_in``, ``mark``, ``mark_in``), in templates (``_``,
``ngettext``) and in scripts (``say``, ``sayMany``).
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from geomap.catalogs import FOLDER, NAMES, SCRIPT_KEYWORDS, SCRIPT_OPTIONS
from geomap.tongue import ENGLISH

ROOT = Path(__file__).resolve().parent.parent
PYTHON_KEYWORDS = {
    "say": None,
    "mark": None,
    "say_many": (1, 2),
    "say_in": ((1, "c"), 2),
    "mark_in": ((1, "c"), 2),
}
TEMPLATE_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
SOURCES = (
    ("geomap/**/*.py", "python", PYTHON_KEYWORDS, {}),
    ("geomap/web/templates/*.html", "jinja2.ext:babel_extract", TEMPLATE_KEYWORDS, {"trimmed": "true"}),
    ("static/js/*.js", "javascript", SCRIPT_KEYWORDS, SCRIPT_OPTIONS),
)
"""Where messages are said: files, Babel's extractor, its keywords and options."""


def template() -> Catalog:
    """Every message that the code says, without translations."""
    found = Catalog(project="geomap", charset="utf-8")
    for pattern, method, keywords, options in SOURCES:
        for file in sorted(ROOT.glob(pattern)):
            for line, message, _, context in extract_from_file(method, file, keywords, (), options):
                if message and message != ("", ""):
                    where = file.relative_to(ROOT).as_posix()
                    found.add(message, locations=[(where, line)], context=context)
    return found


def catalog(code: str) -> Catalog:
    """A language's catalog as it is kept; an empty one for a language that has none yet."""
    path = FOLDER / f"{code}.po"
    if not path.exists():
        return Catalog(locale=code, project="geomap", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=code)


def written(kept: Catalog) -> bytes:
    """A catalog as files are compared: sorted by where messages are said, without line numbers and dates."""
    kept.header_comment = (
        f"# What geomap says in {kept.locale.english_name}; python -m tools.messages keeps it in step."
    )
    kept.fuzzy, made = False, io.BytesIO()
    write_po(made, kept, width=118, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    return b"".join(line for line in made.getvalue().splitlines(keepends=True) if not line.startswith(CHANGING))


HEADS = (
    "Project-Id",
    "Report-Msgid",
    "POT-Creation",
    "PO-Revision",
    "Last-Translator",
    "Language-Team",
    "Generated-By",
)
CHANGING = tuple(f'"{head}'.encode() for head in HEADS)
"""Heads of a catalog that say when and with what it was made, which its history says better."""


def missing(kept: Catalog) -> list[str]:
    """What a catalog does not translate."""
    return [str(each.id) for each in kept if each.id and not (all(each.string) if each.pluralizable else each.string)]


def main() -> int:
    """Update every catalog; 1 where any lacks a translation."""
    said, lacking = template(), 0
    for code in NAMES:
        if code == ENGLISH.code:
            continue
        kept = catalog(code)
        kept.update(said, no_fuzzy_matching=True)
        if "--missing" not in sys.argv:
            (FOLDER / f"{code}.po").write_bytes(written(kept))
        gaps = missing(kept)
        lacking += len(gaps)
        print(f"{code}: {len(kept)} messages, {len(gaps)} without a translation")
        if "--missing" in sys.argv:
            print("\n".join(f"  {each}" for each in gaps))
    return int(lacking > 0)


if __name__ == "__main__":
    sys.exit(main())
