"""What the templates are given to speak with, whoever renders them."""

from __future__ import annotations

from jinja2 import Environment

from geomap.render import wording
from geomap.tongue import decimal, joined, spoken


def prepare(environment: Environment) -> None:
    """Give templates ``_``, ``ngettext``, ``language()`` and the filters ``listed``, ``length`` and ``sentence``.

    All speak the language spoken when a template is rendered, not when it was read.
    """
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # the extension brings it
        _message,
        _form,
        newstyle=True,
    )
    environment.globals["language"] = spoken
    environment.filters["listed"] = lambda items: joined(list(items))
    environment.filters["km"] = wording.length
    environment.filters["whole"] = lambda number: decimal(number, 0)
    environment.filters["capitalized"] = wording.capitalized
    environment.filters["sentence"] = sentence


def _message(message: str) -> str:
    return spoken().translations.gettext(message)


def _form(one: str, many: str, number: int) -> str:
    return spoken().translations.ngettext(one, many, number)


def sentence(text: str) -> str:
    """The text as a sentence: its first letter large, a full stop at its end."""
    whole = wording.capitalized(text)
    return whole if whole.endswith((".", "؟", "?")) else f"{whole}."
