"""Whether people counted are said to be on the craft: "74 people on board", "the bus was carrying 30 pupils"."""

from __future__ import annotations

import re
from functools import cache

from geomap.claims.fates import Group
from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import longest_first, table, words
from geomap.claims.triggers import craft_of

_BEING = r"\s*(?:people )?(?:(?:who |that )?(?:were |was |are |had been |have been ))?"
_ON_BOARD = re.compile(_BEING + r"(?:on ?board|aboard)")
_BESIDE = re.compile(
    r"\b(?:alongside|besides?|in addition to|apart from|as well as|together with)\b[^.;]*\d|\bother than\b"
)
_AFTER = re.compile(r"[^.;,]{0,60}\b(?:were|was|are|being|been)\b[^.;,]{0,30}\b(?:on ?board|aboard)\b")
_BEFORE = re.compile(r"(?:on ?board|aboard)(?: the [\w\- ]{3,30})?(?: (?:were|was|are))?(?: the)?\s*$")


@cache
def _in_craft() -> re.Pattern[str]:
    crafts = "|".join(map(re.escape, longest_first(table("events")["craft"])))
    return re.compile(rf"{_BEING}(?:on|in|inside) the (?:\w+ )?(?:{crafts})\b")


def on_craft(text: str) -> bool:
    """Whether a text begins with "on board", "aboard", "on the plane"."""
    return bool(_ON_BOARD.match(text) or _in_craft().match(text))


def says_aboard(syntax: Syntax, group: Group) -> bool:
    """Whether the words right behind a group put it on the craft."""
    return on_craft(syntax.article.text[syntax.tokens[group.last].end :][:48].lower())


def says_on_board(syntax: Syntax, group: Group) -> bool:
    """Whether "on board" or "aboard" itself stands right behind a group."""
    return bool(_ON_BOARD.match(syntax.article.text[syntax.tokens[group.last].end :][:30].lower()))


def is_aboard(syntax: Syntax, group: Group) -> bool:
    """Whether those counted are said to be on the craft."""
    if says_aboard(syntax, group):
        return True
    sentence = syntax.sentence(group.number.first)
    before = syntax.article.text[sentence.span.start : syntax.tokens[group.number.begin].start].lower()
    if _BEFORE.search(before):
        return True
    for index in range(group.number.begin - 1, max(sentence.first - 1, group.number.begin - 5), -1):
        token = syntax.tokens[index]
        if token.lemma.lower() in words("counts", "aboard", "carrying") and token.dep not in {"aux", "auxpass"}:
            subject = syntax.subject(index)
            if subject is None:
                near = range(sentence.first, index)
                return token.lemma.lower() not in {"have", "bring"} and any(craft_of(syntax, i) for i in near)
            return _is_craft(syntax, subject)
    after = syntax.article.text[syntax.tokens[group.last].end : sentence.span.end].lower()
    return bool(_AFTER.match(after))


def _is_craft(syntax: Syntax, subject: int) -> bool:
    """Whether a subject is a craft, or "one of the boats"."""
    if craft_of(syntax, subject):
        return True
    of = syntax.child(subject, "prep")
    if of is None or syntax.tokens[of].lemma != "of" or syntax.tokens[subject].lemma.lower() not in {"one", "each"}:
        return False
    inner = syntax.child(of, "pobj")
    return inner is not None and bool(craft_of(syntax, inner))


def beside_others(syntax: Syntax, group: Group) -> bool:
    """Whether these are counted beside others aboard: "alongside the 65 were nine", "nine other people"."""
    sentence = syntax.sentence(group.number.first)
    if any(
        syntax.tokens[i].text.lower() in {"other", "others"}
        for i in range(group.number.last + 1, max(group.noun, group.last) + 1)
    ):
        return True
    before = syntax.article.text[sentence.span.start : syntax.tokens[group.number.begin].start].lower()
    return bool(_BESIDE.search(before))
