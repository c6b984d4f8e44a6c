"""Which place a distance is said of: the name beside it, the subject of its clause, or what "it" stands for."""

from __future__ import annotations

import re
from functools import cache

from geomap.claims.antecedents import grammatical, refer, title_of
from geomap.claims.asides import after_saying, before_asides
from geomap.claims.descriptions import SUBJECTS
from geomap.claims.lexicon import table
from geomap.claims.nominals import Nominal, nominals
from geomap.claims.phrases import Phrase
from geomap.claims.reading import Reading, is_kind, kinds_of
from geomap.claims.surface import Ending, any_of, any_of_reversed, ending
from geomap.model import Referent

LONGEST_SUBJECT = 6
"""Words; a longer stretch before a verb is more than its subject."""

LONGEST_LEAD = 600
"""Characters of a sentence before (or after) a distance in which its subject is looked for."""


_WORD = re.compile(r"\w")
_WORDS = re.compile(r"(?: [\w'-]+)+ *")
_COMMA = re.compile(r" *, *")
_OF_DATES = re.compile(r"(?:(?<!\w)(?:on|at|in|late|early|since|by|during) *+)++$", re.IGNORECASE)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    links = table("locatives")["links"]
    hedges = any_of([*table("distances")["hedges"]["before"]])
    participles, copulas = any_of(links["participles"]), any_of(links["copulas"])
    name = r"(?-i:[^\W\d_a-z])[\w.-]*(?: (?-i:[^\W\d_a-z])[\w.-]*)*"
    return {
        "copula": re.compile(copulas, re.IGNORECASE),
        "relative": re.compile(r"(?<!\w)(?:which|that|who)(?!\w)", re.IGNORECASE),
        "shared": re.compile(
            rf"(?:\)? *, (?:(?:the |its |a )?{name}|(?:the|its|a|an|{name}'s) [\w' -]{{1,50}}?)(?=,| and| but))*"
            rf" *\)?[,;]? *(?:and|but|or|also)? *(?:(?:{copulas}|{participles}|{hedges}) *+)*+[,(]? *",
            re.IGNORECASE,
        ),
        "fronted": re.compile(rf"(?:(?:[\"(]|{participles}|{hedges}|just|only|lying|it was) *+)*+$", re.IGNORECASE),
        "inverted": re.compile(rf" *+,? *+{any_of(links['inverted'])} +", re.IGNORECASE),
        "left_way": re.compile(
            rf"{any_of(links['leaving'])} (?:the|its|their) {any_of(links['ways'])}$", re.IGNORECASE
        ),
        "of_bounds": re.compile(rf"{any_of(_bounds())} (?:with|of|between) (?:the )?$", re.I),
        "relative_of": re.compile(r"(?<!\w)(?:itself|which|that|where|who)(?!\w)", re.I),
        "conjunction": re.compile(r"(?<!\w)(?:and|but|or|while)(?!\w)", re.I),
        "between": re.compile(r"(?<!\w)between [^.;]{2,50} and (?:the )?$", re.I),
        "near": re.compile(r" *, (?:near|close to|outside|not far from|just outside) (?:the )?(?:[a-z]+ of )?", re.I),
        "climb": re.compile(r"\)? *(?:,|in|of|\(|, in|on|at|within|near|under|inside|, part of)? *(?:the )?"),
        "located": re.compile(
            r"(?:(?<!\w)(?:in|on|at|along|near|within|with|between|of|by|to|from|off|into|over|under|upon)|,)"
            r" *(?:the )?$",
            re.I,
        ),
    }


@cache
def _link() -> Ending:
    """The words that may stand between a place and a distance said of it."""
    links = table("locatives")["links"]
    joining = ["which", "that", "who", "and", "but", "or", "while", "also"]
    words = [*links["participles"], *links["copulas"], *table("distances")["hedges"]["before"], *joining]
    return ending(rf"(?:{any_of_reversed(words)}|[,(–—;:\"-]| )++", LONGEST_LEAD)


def subject_of(reading: Reading, phrase: Phrase, earlier: tuple[Phrase, Referent | None] | None) -> Referent | None:
    """The place (or thing) that ``phrase`` is said of; ``earlier`` is the phrase read before it, with its subject.

    The referent's place is None where the words name no resolved place; None altogether where no words say it.
    """
    if phrase.place_to or phrase.thing:
        return phrase.place_to or phrase.thing
    start = phrase.span.start
    floor = max(reading.context(phrase.span).start, start - LONGEST_LEAD)
    before = reading.face[floor : before_asides(reading, floor, start)]
    if earlier and earlier[0].span.end > floor and _shares(reading, earlier[0], start):
        return earlier[1]
    linked = _link().start(before, len(before))
    cut = floor + (len(before) if linked is None else linked)
    words = before[cut - floor :]
    closed = cut + words.startswith(",")
    if (clause := before_asides(reading, floor, closed)) < cut:  # "X, he said, is 20 km ..."
        cut, words = clause, words.lstrip(" ,")
    found = nominals(reading, floor, cut)
    if _patterns()["fronted"].fullmatch(before) or not (found or _words_before(reading, floor, cut)):
        return _fronted(reading, phrase, floor)
    if found and (between := _before_between(reading, found[-1], floor)) is not None:
        cut, found = between, [one for one in found if one.end <= between]
        if between == floor:
            return _fronted(reading, phrase, floor)
    while found and found[-1].dated and found[-1].end >= cut - 2 and not _patterns()["copula"].search(words):
        cut = _before_preposition(reading, found[-1])
        found = found[:-1]
    if not found and not _WORD.search(reading.face, floor, cut):
        return _fronted(reading, phrase, floor)
    if not found:
        return _of_clause(reading, floor, start, cut) or _words_before(reading, floor, cut)
    if _patterns()["relative"].search(words):
        return _attached(reading, found, floor)
    if _patterns()["copula"].search(words):
        beside = _beside(reading, found[-1], floor, cut, words)
        return beside or _of_clause(reading, floor, start, cut) or _words_before(reading, floor, cut)
    if (
        found[-1].end < cut - 1
        or _has_verb(reading, cut, floor + len(before))
        or _is_no_anchor(reading, found[-1], words)
    ):
        return _of_clause(reading, floor, start, cut)
    return _attached(reading, found, floor)


def _before_between(reading: Reading, last: Nominal, floor: int) -> int | None:
    """Where what stands before "between X and Y" ends, if ``last`` is that Y: neither is what the distance is said of.

    None where there is no "between"; ``floor`` where nothing stands before it.
    """
    lead = max(floor, last.start - 60)
    found = _patterns()["between"].search(reading.face[lead : last.start])
    return floor + len(reading.face[floor : lead + found.start()].rstrip(" ,(")) if found else None


def _is_no_anchor(reading: Reading, last: Nominal, words: str) -> bool:
    """Whether the noun before is not what the distance is said of: "caught fire", and "X and 5 km"."""
    if _patterns()["conjunction"].search(words):
        return True
    if last.mention is not None or last.pronoun or last.of_place:
        return False
    if _patterns()["left_way"].search(reading.face, max(0, last.end - 60), last.end):
        return True
    idiom = last.first == last.last and last.head in table("locatives")["links"]["idioms"]
    return idiom and last.first > 0 and reading.tokens[last.first - 1].pos == "VERB"


def _beside(reading: Reading, last: Nominal, floor: int, cut: int, words: str) -> Referent | None:
    """The toponym directly before "is": "and Y is 60 miles ...", where a parser may have lost the clause."""
    if last.mention is None or last.end != cut or not re.match(r" *\w", words):
        return None
    before = reading.face[floor : last.start].rstrip()
    if before and not re.search(
        r"(?:[,;:(–—]|(?<!\w)(?:and|but|that|while|as|because|although|though|where))$", before
    ):
        return None
    return refer(reading, last)


def _has_verb(reading: Reading, start: int, end: int) -> bool:
    return any(
        token.pos in {"VERB", "AUX"} and token.tag not in {"VBN", "VBG"}
        for token in reading.tokens[reading.at(start) : reading.at(end)]
    )


def _words_before(reading: Reading, floor: int, cut: int) -> Referent | None:
    """The words of the clause before its verb, where no noun phrase was made out in them."""
    found = re.search(r"[^,;:(–—]*$", reading.face[floor:cut])
    words = found[0].strip() if found else ""
    if not found or not words or len(words.split()) > LONGEST_SUBJECT:
        return None
    words = words.strip("\"'")
    begin = floor + found.start() + found[0].find(words)
    return reading.referent(begin, begin + len(words))


def _shares(reading: Reading, earlier: Phrase, start: int) -> bool:
    """Whether a phrase goes on from the one before it: "150 miles west of A, B state, and 60 miles south of C"."""
    gap = reading.face[earlier.span.end : start]
    return len(gap) < 120 and not _patterns()["relative_of"].search(gap) and bool(_patterns()["shared"].fullmatch(gap))


def _before_preposition(reading: Reading, one: Nominal) -> int:
    """Where what stands before "on Monday" ends."""
    lead = max(0, one.start - 20)
    before = reading.face[lead : one.start].rstrip(" ,")
    return lead + len(_OF_DATES.sub("", before).rstrip(" ,"))


def _fronted(reading: Reading, phrase: Phrase, floor: int) -> Referent | None:
    """The subject that follows: "20 km from Paris, the village of X ...", "20 km south of Y lies X"."""
    end = min(reading.context(phrase.span).end, phrase.span.end + LONGEST_LEAD)
    begin = after_saying(reading, phrase.span.end, end)
    inverted = _patterns()["inverted"].match(reading.face, begin)
    rest = nominals(reading, inverted.end() if inverted else begin, end)
    if inverted and rest:
        return refer(reading, rest[0])
    subject = grammatical(reading, begin, end)
    if subject is None:
        comma = reading.face.find(",", begin, end)
        rest = [one for one in rest if comma < 0 or one.start > comma]
        follows = rest[0] if rest and comma < 0 and rest[0].start <= phrase.span.end + 1 else None
        placed = (one for one in rest if one.of_place or one.pronoun)
        subject = next(placed, None) if comma >= 0 else follows
    return refer(reading, subject) if subject else title_of(reading)


def _of_clause(reading: Reading, floor: int, start: int, cut: int) -> Referent | None:
    """The subject of the clause whose verb stands before the phrase."""
    verb = _verb_before(reading, floor, start)
    static = bool(_patterns()["copula"].search(reading.face[cut:start])) or verb is None or _is_static(reading, verb)
    subject = _subject_token(reading, verb) if verb is not None else None
    found = nominals(reading, floor, start)
    chosen = next((one for one in found if subject is not None and one.first <= subject <= one.last), None)
    if chosen is None:
        limit = reading.tokens[verb].start if verb is not None else cut
        chosen = next((one for one in reversed(found) if one.end <= limit and not one.dated), None)
    if chosen is None:
        return title_of(reading)
    if chosen.pronoun in {"which", "that", "who", "where"}:
        before = [one for one in found if one.end <= chosen.start]
        return _attached(reading, before, floor) if before else None
    return refer(reading, chosen, static=static)


def _verb_before(reading: Reading, floor: int, start: int) -> int | None:
    """The nearest finite or participial verb before the phrase; of "is located" the participle."""
    for index in range(reading.at(start) - 1, reading.at(floor) - 1, -1):
        token = reading.tokens[index]
        if token.pos in {"VERB", "AUX"} and token.tag != "VBG":
            return index
    return None


def _is_static(reading: Reading, verb: int) -> bool:
    return reading.tokens[verb].lemma.lower() in table("locatives")["links"]["locate"]


def _subject_token(reading: Reading, verb: int) -> int | None:
    """The subject of a verb, or of the verb it hangs on."""
    tokens, seen = reading.tokens, set[int]()
    while verb not in seen:
        seen.add(verb)
        window = range(max(0, verb - 60), min(len(tokens), verb + 4))
        subject = next((i for i in window if tokens[i].head == verb and tokens[i].dep in SUBJECTS and i < verb), None)
        if subject is not None:
            return subject
        verb = tokens[verb].head
    return None


def _attached(reading: Reading, found: list[Nominal], floor: int) -> Referent | None:
    """The name directly before the phrase, or the place it lies in: "X, Y county, 20 km south of Z" is said of X."""
    index = len(found) - 1
    while index > 0 and _is_container(found[index]):
        gap, outer = reading.face[found[index - 1].end : found[index].start], found[index - 1]
        if (
            not _patterns()["climb"].fullmatch(gap)
            or outer.dated
            or not (outer.of_place or outer.pronoun or "," in gap)
        ):
            break
        index -= 1
    if (
        index
        and found[index - 1].mention
        and _patterns()["near"].fullmatch(reading.face, found[index - 1].end, found[index].start)
    ):
        index -= 1
    one = found[_told_of(reading, found, index)]
    if (one.mention is None and one.head in _bounds()) or _patterns()["of_bounds"].search(
        reading.face, max(0, one.start - 40), one.start
    ):
        return _of_clause(reading, floor, one.start, one.start)
    if one.mention is not None and not _is_container(one):
        return refer(reading, one)
    if one.mention is None and index < len(found) and kinds_of(one.head):
        return _described(reading, found, index, floor)
    before = reading.face[floor : one.start]
    verb = _verb_before(reading, floor, one.start)
    static = verb is not None and _is_static(reading, verb)
    if static and _patterns()["located"].search(before):
        subject = _of_clause(reading, floor, one.start, one.start)
        if subject is not None:
            return subject
    if before.strip(' "(,').lower() in {
        "located",
        "situated",
        "lying",
        "set",
        "in",
        "located in",
        "situated in",
        "located on",
    }:
        return title_of(reading)
    return refer(reading, one)


def _told_of(reading: Reading, found: list[Nominal], index: int) -> int:
    """The name that a description with another place in it is of: "X, a city near the end of Y, 20 km from Z"."""
    for name in range(index - 2, -1, -1):
        one, said = found[name], found[name + 1]
        if one.mention and said.indefinite and said.mention is None and kinds_of(said.head):
            beside = _COMMA.fullmatch(reading.face, one.end, said.start)
            return name if beside and _WORDS.fullmatch(reading.face, said.end, found[index].start) else index
    return index


@cache
def _bounds() -> frozenset[str]:
    """Words for the rim of a place, which no distance is said of."""
    relations = table("locatives")["relations"]
    return frozenset([*relations["border_heads"], *relations["coast_heads"], *relations["edge_heads"]])


def _is_container(one: Nominal) -> bool:
    """Whether a phrase names what places lie in: a region, a country, or a name nothing is known of."""
    if one.mention is None:
        return not kinds_of(one.head) and not one.pronoun
    place = one.mention.place
    return place is None or not is_kind(place, frozenset({"PPL", "AIR", "S."}))


def _described(reading: Reading, found: list[Nominal], index: int, floor: int) -> Referent | None:
    """What a description stands for: X in "X is a town in Y, 20 km ..." and in "X, a town in Y, 20 km ..."."""
    one = found[index]
    if not one.indefinite and not reading.face[max(0, one.start - 5) : one.start].rstrip().endswith(","):
        return refer(reading, one)
    if index:
        gap = reading.face[found[index - 1].end : one.start]
        if re.fullmatch(r" *,? *(?:\([^()]*\),? *)?", gap) and found[index - 1].mention:
            return refer(reading, found[index - 1])
    verb = _verb_before(reading, floor, one.start)
    if verb is not None and reading.tokens[verb].lemma.lower() in {"be", "become", "remain"}:
        subject = _subject_token(reading, verb)
        chosen = next((each for each in found if subject is not None and each.first <= subject <= each.last), None)
        if chosen is None:
            chosen = next((each for each in reversed(found[:index]) if each.end <= reading.tokens[verb].start), None)
        if chosen is not None and chosen.pronoun != "there":
            return refer(reading, chosen, static=True)
        return title_of(reading) if chosen is None else refer(reading, one)
    return refer(reading, one)
