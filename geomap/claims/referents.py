"""What a distance is measured from, and whom a word like "the town" means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from geomap.claims.descriptions import means
from geomap.claims.lexicon import table
from geomap.claims.reading import Reading, is_kind, kinds_of
from geomap.claims.surface import any_of
from geomap.model import Kind, Referent, Resolution, Span

SETTLED_SCORE = 0.05
"""A town must carry the name itself to stand for the province: scores below are of other names and of misspellings."""


CLEAR_LEAD = 2.0
"""How many times the next town's score a town needs where the report calls it one."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The place that a phrase names: its referent, where the noun phrase ends, and what of the place is meant.

    ``head`` is "border", "coast", "edge" or "" (the place itself).
    """

    referent: Referent
    end: int
    head: str = ""
    named: bool = True


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    relations = table("locatives")["relations"]
    borders = any_of([*relations["border_heads"]])
    coasts = any_of([*relations["coast_heads"]])
    edges = any_of([*relations["edge_heads"]])
    parts = any_of([*table("locatives")["types"]["PART"]])
    facilities = any_of(table("locatives")["types"]["facility"])
    settlements = any_of([*table("locatives")["types"]["PPL"], "island", "islands", "peninsula"])
    word = r"[a-z][\w-]*+"
    return {
        "determiner": re.compile(r" *+(?:the|a|an|its|their|his|her|this|that|these|our)(?!\w)", re.IGNORECASE),
        "border": re.compile(borders, re.IGNORECASE),
        "coast": re.compile(coasts, re.IGNORECASE),
        "edge": re.compile(edges, re.IGNORECASE),
        "part": re.compile(rf" *+(?:city |town )?{parts}", re.IGNORECASE),
        "lower": re.compile(rf" *+(?P<word>{word})"),
        "of": re.compile(r" *+(?:of|with|between|from|at|around)(?!\w)(?: *+the(?!\w))?"),
        "comma": re.compile(r" *+, *+(?=\w)"),
        "pronoun": re.compile(r" *+(?P<word>it|here|there|them|this)(?!\w)", re.IGNORECASE),
        "where": re.compile(r" *+(?P<words>where(?!\w)(?: ++[^\s,.;:()\"]++){1,12})", re.IGNORECASE),
        "onward": re.compile(
            rf" (?:(?!(?:and|or|but) )[a-z][\w-]*+ ){{0,2}}?(?P<noun>{settlements}) of(?: the)?(?= [^\W\d_a-z])"
        ),
        "place_noun": re.compile(rf"(?: [a-z][\w-]*+){{0,2}}? {settlements}(?!\w)"),
        "facility": re.compile(
            rf"(?: (?!(?:an?|the|and|or|but|its|their|his|her)(?!\w))[a-z][\w-]*+){{0,2}}? {facilities}(?!\w)"
        ),
        "possessive": re.compile(r"'s?(?!\w)"),
        "goes_on": re.compile(r"-\w| (?:City|[a-zß-ÿ]+ )"),
        "and": re.compile(r" *+and(?: *+the(?!\w))? *+"),
    }


def reference_at(reading: Reading, position: int) -> Reference | None:
    """The place named by the noun phrase that begins at ``position``, or None where no noun phrase does.

    Reads over "the city of", "downtown", "the border with", "the provincial capital,"; a name that nothing resolved is
    given as it stands, without a place; "the capital" and "it" are given the place they mean where one is known.
    """
    pronoun = _patterns()["pronoun"].match(reading.face, position)
    if pronoun:
        start = pronoun.start("word")
        referent = reading.referent(start, pronoun.end())
        return Reference(means(reading, referent, pronoun["word"].lower()), pronoun.end(), named=False)
    clause = _patterns()["where"].match(reading.face, position)
    if clause:
        return Reference(reading.referent(clause.start("words"), clause.end()), clause.end(), named=False)
    return _phrase(reading, position, 0)


def _phrase(reading: Reading, position: int, depth: int, said: Sequence[str] = ()) -> Reference | None:
    """A noun phrase: determiner, words that describe, then a name or the end; ``said`` are words that led to it."""
    start, cursor, words = _skip(reading, position), position, list[str]()
    determiner = _patterns()["determiner"].match(reading.face, cursor)
    definite = bool(determiner) and determiner is not None and determiner[0].strip().lower() not in {"a", "an"}
    capital_the = determiner and _mention_from(reading, start)
    if determiner and not capital_the:
        cursor = determiner.end()
    for _ in range(12):
        if people := _adjective_end(reading, cursor):
            words.append(reading.face[cursor:people].strip().lower())
            cursor = people
            continue
        named = _named(reading, cursor, words, start, said)
        onward = (
            _patterns()["onward"].match(reading.face, named.referent.span.end)
            if named and named.referent.span
            else None
        )
        if named and not onward:
            return named
        if onward:
            words.append(onward["noun"].lower())
            cursor = onward.end()
            continue
        word = _patterns()["lower"].match(reading.face, cursor)
        if not word or _stops(reading, word, words):
            break
        words.append(word["word"].lower())
        possessive = _patterns()["possessive"].match(reading.face, word.end())
        cursor = possessive.end() if possessive else word.end()
    if not words:
        return None
    return _described(reading, Span(start, cursor), words, definite=definite, depth=depth)


def _adjective_end(reading: Reading, cursor: int) -> int | None:
    """Where "Syrian" ends in "the Syrian capital": a people's name that describes a place; None for any other word."""
    begin = _skip(reading, cursor)
    index = reading.at(begin)
    if (
        index >= len(reading.tokens)
        or reading.tokens[index].start != begin
        or not reading.tokens[index].text[0].isupper()
    ):
        return None
    token, mention = reading.tokens[index], _mention_from(reading, begin)
    if mention is not None and mention.mention.kind is not Kind.DEMONYM:
        return None
    if mention is None and token.entity != "NORP" and token.pos != "ADJ":
        return None
    return token.end if _patterns()["place_noun"].match(reading.face, token.end) else None


def _skip(reading: Reading, position: int) -> int:
    while position < len(reading.face) and reading.face[position] == " ":
        position += 1
    return position


def _mention_from(reading: Reading, position: int) -> Resolution | None:
    """The longest toponym that begins at ``position``."""
    found = [one for one in reading.within(position, position + 1) if one.mention.span.start == position]
    return max(found, key=lambda one: one.mention.span.end, default=None)


def _stops(reading: Reading, word: re.Match[str], words: list[str]) -> bool:
    """Whether a lower-case word ends the noun phrase instead of belonging to it."""
    found = reading.at(word.start("word"))
    if found >= len(reading.tokens):
        return True
    token = reading.tokens[found]
    if token.tag == "VBN" and words and reading.tokens[min(found + 1, len(reading.tokens) - 1)].pos == "NOUN":
        return False
    if token.pos in {"ADP", "CCONJ", "SCONJ", "AUX", "PRON", "PUNCT"} or (token.pos == "VERB" and token.tag != "VBG"):
        return not (token.pos == "ADP" and token.text.lower() in {"downtown", "uptown"})
    return token.pos == "ADV" and bool(words) and token.tag not in {"JJ", "RBS", "JJS"}


def _named(reading: Reading, cursor: int, words: list[str], start: int, said: Sequence[str] = ()) -> Reference | None:
    """The name that begins at ``cursor``, with what follows it ("'s border", "city centre", "airport")."""
    begin = _skip(reading, cursor)
    mention = _mention_from(reading, begin)
    end = _name_end(reading, begin, mention)
    if end == begin:
        return None
    possessive = _patterns()["possessive"].match(reading.face, end)
    after = possessive.end() if possessive else end
    tail = _tail(reading, after)
    if possessive and not tail:
        return _phrase_after_possessive(reading, start, after)
    head, after = tail or (_head(words), after)
    facility = _patterns()["facility"].match(reading.face, end) if not possessive and not head else None
    if facility and not (mention and mention.place and mention.place.feature_code[:3] not in {"PPL", "ADM", "PCL"}):
        return Reference(reading.referent(begin, facility.end()), facility.end(), head)
    inside = mention or next(iter(reading.within(begin, end)), None)
    if inside is None or (inside is mention and end > inside.mention.span.end):
        return Reference(reading.referent(begin, end), max(after, end), head)
    about = {*words, *said, *reading.face[end:after].lower().split()}
    measured_from = inside if head in {"border", "coast"} else settled(inside, about)
    return Reference(reading.referent(begin, end, resolution=measured_from), max(after, end), head)


def _name_end(reading: Reading, begin: int, mention: Resolution | None) -> int:
    """Where a name ends: with its mention, or later where small words or a hyphen carry it on ("Wörth an der Donau").

    What a mention covers in part is another place's name: it is then left without a place.
    """
    run = reading.name_end(begin)
    if mention is None and (owner := _patterns()["possessive"].match(reading.face, run)) and run > begin:
        rest = reading.name_end(owner.end() + 1)
        owns = any(
            one.span.end == run and one.label in {"GPE", "LOC", "NORP", "FAC"} for one in reading.entities(begin, run)
        )
        return rest if rest > owner.end() + 1 and not owns else _first_of_two(reading, begin, run)
    if mention is None:
        return _first_of_two(reading, begin, run)
    known = mention.mention.span.end
    if mention.place is None and (whole := _compound_end(reading, mention, run)):
        return whole
    return run if run > known and _patterns()["goes_on"].match(reading.face, known, run) else known


def _compound_end(reading: Reading, mention: Resolution, run: int) -> int | None:
    """Where a name ends whose first word alone was recognised: "Katima" of "Katima Mulilo", by the parse."""
    first = last = reading.at(mention.mention.span.end - 1)
    while last + 1 < len(reading.tokens) and last - first < 3:
        token, following = reading.tokens[last], reading.tokens[last + 1]
        apart = following.start >= run or following.start > token.end + 1 or following.pos != "PROPN"
        if apart or token.dep != "compound" or token.head <= last or following.entity in {"DATE", "TIME", "PERSON"}:
            break
        last += 1
    return min(reading.tokens[last].end, run) if last > first else None


def _first_of_two(reading: Reading, begin: int, run: int) -> int:
    """The end of a name as the parser marked it: the first of two side by side, or all of "Cox's Bazar"."""
    places = [one.span for one in reading.entities(begin, begin) if one.label in {"GPE", "LOC", "FAC"}]
    longer = [
        span.end
        for span in places
        if span.start == begin and span.end > run and "'s " in reading.face[begin : span.end]
    ]
    if longer:
        return longer[0]
    inside = [one.span for one in reading.entities(begin, run) if one.span.end <= run]
    if len(inside) == 2 and inside[0].start == begin and inside[1].start - inside[0].end <= 1:
        return inside[0].end
    return run


def settled(one: Resolution, words: Iterable[str]) -> Resolution:
    """The resolution of a name that a distance is measured from: the city of that name rather than its province.

    Distances are quoted from towns; "Groningen" is the province only where ``words`` round it say so.
    """
    place, kinds = one.place, [kinds_of(word) for word in words]
    if place is None or not place.feature_code.startswith("ADM") or any("ADM" in kind for kind in kinds):
        return one
    if any("PPL" in kind for kind in kinds):
        return _town(one)
    surface = one.mention.surface.casefold()
    if any("ADM" in kinds_of(word) for word in surface.split()):
        return one
    towns = [each for each in one.candidates if each.place.feature_code.startswith("PPL") and each.place.lies_in(place)]
    named = [each for each in towns if each.score >= SETTLED_SCORE]
    return replace(one, place=named[0].place) if named else one


def _town(one: Resolution) -> Resolution:
    """The town that "the town of X" means where X was taken for a region: the one of that name that stands out."""
    towns = [each for each in one.candidates if each.place.feature_code.startswith("PPL")]
    first, second = ([*(each.score for each in towns), 0.0, 0.0])[:2]
    clear = first >= SETTLED_SCORE and first >= CLEAR_LEAD * second
    return replace(one, place=towns[0].place) if clear else one


def _tail(reading: Reading, position: int) -> tuple[str, int] | None:
    """What follows a name inside its phrase: a border, a coast, an edge or a middle, and where it ends."""
    cursor = position
    for _ in range(4):
        for head in ("border", "coast", "edge"):
            found = _patterns()[head].match(reading.face, _skip(reading, cursor))
            if found:
                return head, found.end()
        part = _patterns()["part"].match(reading.face, cursor)
        if part:
            return "", part.end()
        word = _patterns()["lower"].match(reading.face, cursor)
        if not word or _stops(reading, word, ["x"]):
            return None
        cursor = word.end()
    return None


def _phrase_after_possessive(reading: Reading, start: int, position: int) -> Reference | None:
    """What "Ukraine's second-largest city[, Kharkiv]" names: the name that follows, else the description as a whole."""
    inner = _phrase(reading, position, 1)
    if inner is None:
        return None
    if inner.named:
        return inner
    words = reading.face[position : inner.end].lower().split()
    return _described(reading, Span(start, inner.end), words, definite=True, depth=1)


def _head(words: list[str]) -> str:
    relations = table("locatives")["relations"]
    for head in ("border", "coast", "edge"):
        if any(word in relations[f"{head}_heads"] for word in words[-2:]):
            return head
    return ""


def _described(reading: Reading, span: Span, words: list[str], *, definite: bool, depth: int) -> Reference | None:
    """A noun phrase without a name of its own: its name may follow ("of X", ", X"), else it is known from before."""
    head, start, end = _head(words), span.start, span.end
    joined = _patterns()["of"].match(reading.face, end)
    if joined and depth < 3 and _may_take_name(words):
        inner = _phrase(reading, joined.end(), depth + 1, words)
        if inner and (inner.named or head):
            return _with_head(reading, inner, head)
    kinds = frozenset().union(*(kinds_of(word) for word in words[-2:])) | (kinds_of(" ".join(words[-2:])))
    comma = _patterns()["comma"].match(reading.face, end)
    if comma and definite and kinds:
        name = _named(reading, comma.end(), [], comma.end())
        if name and not name.head and name.referent.span and _same_kind(name.referent, kinds):
            return name
    referent = reading.referent(start, end)
    return Reference(means(reading, referent, " ".join(words)), end, head, named=False)


def _same_kind(referent: Referent, kinds: frozenset[str]) -> bool:
    return referent.place is None or is_kind(referent.place, kinds) or "ADM" in kinds


def _may_take_name(words: list[str]) -> bool:
    return bool(words) and words[-1] not in {"of", "with"}


def _with_head(reading: Reading, inner: Reference, head: str) -> Reference:
    return Reference(inner.referent, inner.end, head or inner.head, inner.named)
