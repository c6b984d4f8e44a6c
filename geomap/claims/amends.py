"""What a correction says instead: the sentences that a note of correction makes, as pieces of its own characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geomap.model import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of a note, or ``glue`` of our own between them.

    ``source`` and ``length`` say where they are printed; ``at`` is where they were put; ``corrects`` marks the words
    that the note puts in place of others.
    """

    source: int = 0
    length: int = 0
    corrects: bool = False
    glue: str = ""
    at: int = 0

    @property
    def words(self) -> bool:
        """Whether these are printed characters."""
        return self.length > 0


Statement = list[Piece]

_KIND = r"(?:article|story|report|post|page|piece|dispatch|item|bulletin|live\s?blog)"
_EARLIER = r"(?:earlier|previous|original|prior|initial|first)"
_VERSION = (
    rf"\b(?:(?:an?|the|our)\s+{_EARLIER}\s+versions?\s+of\s+(?:this|the|our)\s+(?:news\s+)?{_KIND}"
    rf"|(?:this|the)\s+{_KIND}(?=\s+(?:originally|initially|previously|earlier|incorrectly|wrongly|mistakenly|mis\w+))"
    r"|we(?=\s)|it(?=\s+(?:also|incorrectly|wrongly|mistakenly)\s))"
)
_ADVERB = (
    r"(?:\s+(?:also|had|has|have|originally|initially|previously|earlier|incorrectly|wrongly|mistakenly|erroneously))*"
)
_WITHDRAWN = re.compile(
    rf"{_VERSION}{_ADVERB}\s+(?:said|stated|reported|wrote|claimed|suggested|indicated|gave|put|listed|described"
    r"|referred\s+to|named|identified)\s+(?:that\s+)?",
    re.IGNORECASE,
)
_MISTOLD = re.compile(
    rf"{_VERSION}{_ADVERB}\s+(?:misstated|misreported|misidentified|misspelled|misspelt|mistook|got\s+wrong|misnamed)\s+",
    re.IGNORECASE,
)
_TO_SAY = re.compile(
    r"(?:updated|corrected|amended|edited|changed)(?:\s+[^.;:]{1,40}?)?\s+to\s+(?:reflect|show|say|state|clarify"
    r"|make\s+clear|note|correct)(?:\s+that)?\s+|(?:this\s+version\s+|(?<!\w\s)(?<!\w))corrects(?:\s+that)?\s+",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"(?P<topic>[^:;.]+?)\s*(?:[:;]\s*|,\s+(?:which|and)\s+)(?=(?:it|they|there|the|that)\s+(?:is|was|were|are|should)\b|\d)",
    re.IGNORECASE,
)
_FROM_TO = re.compile(
    r"(?P<topic>.+?)\s+(?:from\s+\S+(?:\s+\S+){0,2}?\s+)?to\s+(?P<value>\d[\d,.]*)\W*$",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"(?:in\s+fact\s+|actually\s+)?(?:it|they|there|that|this|the\s+(?:correct|right|actual|true|real)?\s*(?:figure|number"
    r"|total|time|date|distance|name|place|toll|count|amount))\s+(?:is|was|were|are|should\s+(?:be|read|say|have\s+been"
    r"|have\s+said|have\s+read))\s+(?:in\s+fact\s+|actually\s+|only\s+)?(?P<value>[^;,]+?)(?P<rest>,?\s+(?:not|rather\s+than"
    r"|instead\s+of)\b.*)?$",
    re.IGNORECASE | re.DOTALL,
)
_NOT = re.compile(r"\s*[,(–—-]?\s*\b(?:not|rather\s+than|instead\s+of|and\s+not)\s+[^.;]*$", re.IGNORECASE)
_NOT_BUT = re.compile(r"\bnot\s+(?P<wrong>[^,;]+?),?\s+but\s+", re.IGNORECASE)
_HEAD = re.compile(
    r"[\W_]*(?:(?:correction|clarification|erratum|corrigendum)s?(?:\s*\([^)]{1,40}\)|[^:\n]{0,25})?"
    r"|editors?['’]?s?['’]?\s+note)\s*(?::|—|–|\n)\s*",
    re.IGNORECASE,
)
_END = re.compile(r"(?<=[.!?])[)\"”]*\s+(?=[A-Z0-9“\"])|\s*\n\s*")
_TURNS = (
    re.compile(r"\s*(?:;|\s[–—]\s)\s*(?:in\s+fact,?\s+)?", re.IGNORECASE),
    re.compile(r",?\s+(?:but|whereas|while)\b\s*(?:in\s+fact,?\s+)?|,?\s+when\s+in\s+fact,?\s+", re.IGNORECASE),
)
"""Where a note turns from what was said to what is: a stop within the sentence before a word that may mean less."""
_WHERE = re.compile(r"(?:near|in|at|from|outside|north|south|east|west)\b")
_NUMBER = (
    r"(?:\d[\d,]*(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
)
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?(?!\d)|\b\d{1,2}\s?[ap]\.?m\.?(?!\w)", re.IGNORECASE)
_LENGTH = re.compile(
    rf"\b{_NUMBER}[ -]?(?:km|kilomet(?:er|re)s?|miles?|mi|m|met(?:er|re)s?|nautical miles?|feet|ft)\b", re.IGNORECASE
)
_COUNT = re.compile(rf"\b{_NUMBER}\b", re.IGNORECASE)
_NAME = re.compile(
    r"\b(?:in|at|of|to|near|from|outside)\s+(?P<hole>(?:the \w+ of )?[A-Z][\w'’-]+(?:[ -][A-Z][\w'’-]+)*)"
)
_THING = re.compile(r"\b(?:carrying|transporting|hauling|caused\s+by)\s+(?P<hole>[\w ]{3,40})$", re.IGNORECASE)


_VERB = re.compile(r"\s(?:is|was|were|are|had|has|left|fell|came|spoke|said|took|flew|\w+ed)\s")


def restated(text: str, note: Span) -> Iterator[Statement]:
    """The sentences that a note makes, each as pieces of its characters.

    What it withdraws is left out, or has the corrected value in its place; a correction that names no value makes
    nothing.
    """
    head = _HEAD.match(text, note.start, note.end)
    begun = bool(head)
    parts = list(_sentences(text, head.end() if head else note.start, note.end))
    while parts:
        part, *parts = parts
        made, taken = _sentence(text, part, parts[0] if parts else None, begun=begun)
        begun = True
        parts = parts[1:] if taken else parts
        if made:
            yield made


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    for cut in (*_END.finditer(text, start, end), None):
        close = cut.start() if cut else end
        words = text[start:close].strip(" \n.*_()[]")
        if words:
            begin = text.index(words[0], start)
            yield Span(begin, begin + len(text[begin:close].rstrip(" \n.*_)]")))
        start = cut.end() if cut else end


def _sentence(text: str, part: Span, following: Span | None, *, begun: bool) -> tuple[Statement, bool]:
    """What a sentence of a note says, and whether it took the sentence behind it for that.

    A note that has ``begun`` goes on with plain sentences; before that a sentence must say that it corrects.
    """
    if found := _WITHDRAWN.search(text, part.start, part.end):
        return _replaced(text, Span(found.end(), part.end), following)
    if found := _MISTOLD.search(text, part.start, part.end):
        return _filled(text, Span(found.end(), part.end), following)
    if found := _TO_SAY.search(text, part.start, part.end):
        rest = Span(found.end(), part.end) if found.end() < part.end else None
        if rest is None or re.search(r"(?:\bto\s+correct|corrects)\s+$", found[0], re.IGNORECASE):
            return _filled(text, rest, following) if rest else ([], False)
        return _kept(text, rest), False
    return (_kept(text, part), False) if begun else ([], False)


def _replaced(text: str, told: Span, following: Span | None) -> tuple[Statement, bool]:
    """What was withdrawn with the corrected value in its place, or the clause that is put instead."""
    turn = next((found for each in _TURNS if (found := each.search(text, told.start, told.end))), None)
    wrong = Span(told.start, turn.start()) if turn and turn.start() > told.start else told
    right = Span(turn.end(), told.end) if turn and turn.end() < told.end else None
    taken = right is None and following is not None and bool(_instead(text, following))
    right = following if taken else right
    if right is None:
        return [], False
    value = _instead(text, right)
    if value is None:
        return _kept(text, right), taken
    return _with(text, wrong, value), taken


def _filled(text: str, told: Span, following: Span | None) -> tuple[Statement, bool]:
    """The topic, and what it is: "misstated the number aboard; it was 65"."""
    if found := _TOPIC.match(text, told.start, told.end):
        value = _instead(text, Span(found.end(), told.end))
        return (_about(text, Span(*found.span("topic")), value) if value else []), False
    if found := _FROM_TO.match(text, told.start, told.end):
        return _about(text, Span(*found.span("topic")), Span(*found.span("value"))), False
    value = _instead(text, following) if following else None
    if value:
        return _about(text, told, value), True
    return (_kept(text, told) if _VERB.search(text, told.start, told.end) else []), False


def _about(text: str, topic: Span, value: Span) -> Statement:
    spoken = re.match(r"(?:when|where)\s+", text[topic.start : topic.end])
    begin = topic.start + (spoken.end() if spoken else 0)
    return [_piece(Span(begin, topic.end)), Piece(glue=" was "), _piece(value, corrects=True)]


def _instead(text: str, part: Span) -> Span | None:
    """The value in "it was 65" and its like; None for a clause that speaks for itself."""
    found = _INSTEAD.match(text, part.start, part.end)
    if not found:
        bare = re.match(rf"{_COUNT.pattern}(?=\s*(?:,|$|not\b))", text[part.start : part.end], re.IGNORECASE)
        return Span(part.start, part.start + bare.end()) if bare else None
    begin, end = found.span("value")
    words = text[begin:end]
    if re.match(r"\w+ing\s", words):  # "it was carrying ammonia" says all of it
        return None
    return Span(begin, end)


def _kept(text: str, part: Span) -> Statement:
    """A clause as it stands, without what it says the thing was not."""
    if found := _NOT_BUT.search(text, part.start, part.end):
        lead = Span(part.start, found.start()) if found.start() > part.start else None
        rest = Span(found.end(), part.end) if found.end() < part.end else None
        return [_piece(each, corrects=True) for each in (lead, rest) if each]
    found = _NOT.search(text, part.start, part.end)
    end = found.start() if found else part.end
    return [_piece(Span(part.start, end), corrects=True)] if end > part.start else []


def _with(text: str, wrong: Span, value: Span) -> Statement:
    """The withdrawn words with the value in the place of the one thing in them that is of its kind."""
    words = text[value.start : value.end]
    for kind in (_CLOCK, _LENGTH, _COUNT):
        if kind.search(words):
            places = list(kind.finditer(text, wrong.start, wrong.end))
            exact = kind.fullmatch(words.strip())
            if len(places) == 1 and (exact or kind is not _COUNT):
                return _spliced(wrong, Span(*places[0].span()), value)
            return _spliced(wrong, _phrase(text, wrong, places[0]), value) if len(places) == 1 else []
    kind = _NAME if words[:1].isupper() or _WHERE.match(words) else _THING
    places = list(kind.finditer(text, wrong.start, wrong.end))
    return _spliced(wrong, Span(*places[0].span("hole")), value) if len(places) == 1 else []


def _phrase(text: str, wrong: Span, number: re.Match[str]) -> Span:
    """A number with the noun behind it: "63 people"."""
    noun = re.compile(r"\s+[a-z]+").match(text, number.end(), wrong.end)
    return Span(number.start(), noun.end() if noun else number.end())


def _spliced(whole: Span, hole: Span, value: Span) -> Statement:
    found = [_piece(Span(whole.start, hole.start))] if hole.start > whole.start else []
    found.append(_piece(value, corrects=True))
    if hole.end < whole.end:
        found.append(_piece(Span(hole.end, whole.end)))
    return found


def _piece(span: Span, *, corrects: bool = False) -> Piece:
    return Piece(span.start, span.end - span.start, corrects)
