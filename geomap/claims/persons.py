"""The persons of a report: their fullest names, and the offices that they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from geomap.claims.grammar import NOMINAL, Syntax
from geomap.claims.lexicon import table, words
from geomap.claims.names import phrase
from geomap.claims.speakers import nation
from geomap.model import Analysis, Span, Token

Named = tuple[str, Span, int]
"""A person's fullest name in the report, where it stands here, and its first token."""

_LONGEST_NAME = 4
"""Tokens of a name before its last one, hyphens counted."""

_LONGEST_POST = 8
"""Words of the longest office that is shown with a name."""


def names(analysis: Analysis, syntax: Syntax) -> tuple[dict[int, Named], dict[str, str]]:
    """For each token of a person's name, its fullest form in the report and where it stands; and names by surname."""
    found: list[tuple[range, str, Span]] = []
    full: dict[str, str] = {}
    firms = frozenset(_firms(syntax))
    for entity in analysis.entities:
        if entity.label != "PERSON":
            continue
        inside = syntax.within(entity.span)
        kept = [i for i in inside if not is_title(syntax.tokens[i].text) and syntax.tokens[i].tag != "POS"]
        kept = [i for i in kept if syntax.tokens[i].pos in NOMINAL or syntax.tokens[i].text[:1].isupper()]
        kept = kept[honoured(syntax, kept) :]
        if not kept or syntax.text(kept[0], kept[-1]) in firms:
            continue
        name = syntax.text(kept[0], kept[-1])
        span = syntax.span(kept[0], kept[-1])
        found.append((range(kept[0], kept[-1] + 1), name, span))
        surname = name.split()[-1].lower()
        if len(name.split()) > len(full.get(surname, "").split()):
            full[surname] = name
    found += [each for each in _office_holders(syntax) if full.setdefault(each[1].split()[-1].lower(), each[1])]
    return {i: (full[name.split()[-1].lower()], span, inside[0]) for inside, name, span in found for i in inside}, full


def _firms(syntax: Syntax) -> Iterator[str]:
    """Single names behind what a body is ("security firm Ambrey"), which the parser may take for a person's."""
    kinds = words("attribution", "speakers", "firms")
    for index in range(1, len(syntax.tokens)):
        token, kind = syntax.tokens[index], syntax.tokens[index - 1]
        named = token.pos == "PROPN" and kind.head == index and kind.lemma.lower() in kinds
        if named and not any(each.pos == "PROPN" for each in syntax.tokens[index + 1 : index + 2]):
            yield token.text


def _office_holders(syntax: Syntax) -> Iterator[tuple[range, str, Span]]:
    """Capitalised words set beside an office ("Ana Reyes, the governor"): a person, marked as one or not."""
    for head, token in enumerate(syntax.tokens):
        if token.pos != "PROPN" or token.dep in {"compound", "poss", "nmod"} or token.entity in {"GPE", "LOC", "FAC"}:
            continue
        first = head
        while first and (syntax.tokens[first - 1].pos == "PROPN" or syntax.tokens[first - 1].text == "-"):
            if head - first > _LONGEST_NAME or syntax.tokens[first - 1].head < first - 1:
                break
            first -= 1
        first += honoured(syntax, range(first, head + 1))
        held = any(syntax.tokens[each].lemma.lower() in offices() for each in _beside(syntax, head))
        if 1 <= head - first <= _LONGEST_NAME and held:
            yield range(first, head + 1), syntax.text(first, head), syntax.span(first, head)


def posts(syntax: Syntax, named: Mapping[int, Named]) -> dict[str, str]:
    """The office that the report gives each person, by name and in its fullest words: "governor of Kursk region"."""
    found: dict[str, str] = {}
    for index, (name, span, first) in named.items():
        if index == first:
            found[name] = max(found.get(name, ""), *_posts(syntax, syntax.within(span)), key=len)
    return found


def _beside(syntax: Syntax, head: int) -> list[int]:
    """The nouns that a noun is set beside, or that are set beside it: "Ana Reyes, the governor"."""
    above = [syntax.tokens[head].head] if syntax.tokens[head].dep == "appos" else []
    return above + [each for each in syntax.children[head] if syntax.tokens[each].dep == "appos"]


def _posts(syntax: Syntax, name: range) -> Iterator[str]:
    """The office that stands before a name, and those that either is set beside; "" where none does."""
    head = syntax.head(name)
    yield post(syntax, phrase(syntax, head)[0], name.start - 1, name.start - 1)
    for each in _beside(syntax, head):
        first, last = phrase(syntax, each)
        yield "" if set(name) & set(range(first, last + 1)) else post(syntax, first, last, each)


def post(syntax: Syntax, first: int, last: int, head: int) -> str:
    """Some words as the office they are, without the article before them; "" where their head is none."""
    if head < first or not _is_post(syntax.tokens[head]):
        return ""
    begin = next(i for i in range(first, head + 1) if syntax.tokens[i].pos not in {"DET", "PRON", "PUNCT"} or i == head)
    return syntax.text(begin, last) if last - begin < _LONGEST_POST else ""


def _is_post(token: Token) -> bool:
    """Whether a word is an office, and does not merely address or honour somebody ("Ms", "Sheikh")."""
    polite = words("attribution", "titles", "address") | words("attribution", "titles", "honorifics")
    return token.lemma.lower() in offices() and token.text.lower().strip(".") not in polite


def honoured(syntax: Syntax, inside: Sequence[int]) -> int:
    """How many of a name's first words only honour it ("Mayor", "Sheikh"); an honorific leaves two words at least."""
    honorifics = words("attribution", "titles", "honorifics")
    for count, index in enumerate(inside[:-1]):
        word = syntax.tokens[index].text
        left = len(syntax.text(inside[count + 1], inside[-1]).split())
        if not (is_title(word) or (word.lower().strip(".") in honorifics and left >= _WHOLE_NAME)):
            return count
    return max(0, len(inside) - 1)


_WHOLE_NAME = 2
"""Words of the shortest name that an honorific stands before."""


def is_of(office: Sequence[str], said: Sequence[str]) -> bool:
    """Whether an office is the one that words speak of: the same post, and no more said of it on both sides.

    "Minister" and "Kosovo's interior minister" may be one, "interior minister" and "foreign minister" are not.
    """
    posts = words("attribution", "speakers", "offices")
    spoken = posts & set(said)
    common = words("attribution", "speakers", "levels") | posts
    theirs, ours = set(office) - common, set(said) - common
    return bool(spoken) and spoken <= set(office) and (ours <= theirs or theirs <= ours)


ACRONYM = 2
"""Letters of the shortest initials that stand for an office."""


def telling(tokens: Iterable[Token], name: str = "") -> tuple[str, ...]:
    """The words that say what a person is, without his name: nouns and adjectives, a country as its adjective."""
    own = set(name.lower().split())
    return tuple(_plain(each) for each in tokens if each.pos in _TELLING and each.text.lower() not in own)


_TELLING = frozenset({"NOUN", "PROPN", "ADJ"})


def _plain(token: Token) -> str:
    """A word of an office under which its other forms meet: "col." is a colonel, Kosovo Kosovar."""
    low = token.text.lower()
    full: Mapping[str, str] = table("attribution")["titles"]["full"]
    return full.get(low.strip("."), nation(low).lower() or low)


def is_field(token: Token) -> bool:
    """Whether a word may be what an office is for: "Minister of Health"."""
    return token.lemma.lower() in words("attribution", "speakers", "fields")


@cache
def offices() -> frozenset[str]:
    """Offices and titles, in lower case."""
    return words("attribution", "speakers", "offices") | words("attribution", "titles", "words")


def is_office(token: Token) -> bool:
    """Whether a word is an office, or may be one's initials: "minister", "DM"."""
    return token.lemma.lower() in offices() or token.text.isupper()


def is_title(word: str) -> bool:
    """Whether a word is an office or a title, with or without its stop."""
    return word.lower().strip(".") in offices()
