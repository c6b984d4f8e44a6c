"""Counted things in a row, as a list of parts has them: "65 prisoners, six crew and a guard"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import classes, table, words
from geomap.claims.numbers import Number
from geomap.model import Part, Span

_NOUN_REACH = 7
_TAIL = 16
"""Tokens of one item behind its noun, at most."""

MOST = 20
"""Items of the longest list that is read; bounds the work on endless ones."""
_ASIDE = 40
"""Tokens of the longest aside that is passed over."""

_OPENING = frozenset({"“", '"', "”", "'", "‘", "’", "-", "–"})


@dataclass(frozen=True, slots=True)
class Item:
    """One counted thing: its value, first and last token, the noun's token (None where it is left out) and hedge."""

    value: int
    first: int
    last: int
    noun: int | None
    hedge: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """Items in a row, and the token behind them; ``clean`` is whether nothing else was passed over on the way."""

    items: tuple[Item, ...]
    end: int
    clean: bool
    joined: bool
    """Whether "and" stands before the last item: the list is closed."""


def row_from(syntax: Syntax, start: int, at: Mapping[int, Number], *, stop: int | None = None) -> Row:
    """The items in a row from token ``start``, up to token ``stop`` or where they end."""
    items: list[Item] = []
    clean, joined, index = True, False, start
    last = syntax.sentence(min(start, len(syntax.tokens) - 1)).last if stop is None else stop
    end = start
    while index < last and len(items) < MOST:
        item = item_at(syntax, index, at)
        if item is None:
            break
        items.append(item)
        index, tidy = _past_tail(syntax, item, at, last)
        clean, end = clean and tidy, index
        index, found_and = _past_join(syntax, index, last)
        if index == end:
            break
        if index < last and item_at(syntax, index, at) is None:
            # "and their luggage": something is joined that is no number; a comma may just end the list.
            clean = clean and not found_and
            break
        joined = joined or found_and
    return Row(tuple(items), end, clean, joined)


def _past_tail(syntax: Syntax, item: Item, at: Mapping[int, Number], last: int) -> tuple[int, bool]:
    """Past the words behind an item ("in the north", "(all men)"), and whether they were only that."""
    tidy, index = True, item.last + 1
    while index < min(last, item.last + _TAIL):
        text = syntax.tokens[index].text.lower()
        if text == "(" or (text == "," and starts_some(syntax, index + 1)):
            tidy, index = False, _past_aside(syntax, index, last)
            continue
        if text in _ENDS:
            break
        tidy = tidy and not _is_untidy(syntax, index, at)
        index += 1
    return index, tidy


_ENDS = frozenset({",", ";", "and", "&", ")", ".", "—", "–", ":", "plus"})


def _past_aside(syntax: Syntax, index: int, last: int) -> int:
    """Past an aside in brackets, or between commas."""
    closing = ")" if syntax.tokens[index].text == "(" else ","
    end = index + 1
    while end < min(last, index + _ASIDE) and syntax.tokens[end].text != closing:
        end += 1
    return min(last, end + (closing == ")"))


def _is_untidy(syntax: Syntax, index: int, at: Mapping[int, Number]) -> bool:
    """Whether a word behind an item says more than what it is: another number, "including", "or", a verb."""
    token = syntax.tokens[index]
    text = token.text.lower()
    if index in at or text == "or" or starts_some(syntax, index) or text in words("listings", "not", "words"):
        return True
    return token.tag in {"VBD", "VBZ", "VBP", "MD"}


def _past_join(syntax: Syntax, index: int, last: int) -> tuple[int, bool]:
    """Past a comma, "and", or both, and whether there was an "and"."""
    joined = False
    if index < last and syntax.tokens[index].text in {",", ";"}:
        index += 1
    if index < last and syntax.tokens[index].text.lower() in {"and", "&", "plus"}:
        index, joined = index + 1, True
        if index < last and syntax.tokens[index].text.lower() == "also":
            index += 1
    return index, joined


def starts_item(syntax: Syntax, index: int, at: Mapping[int, Number]) -> bool:
    return index < len(syntax.tokens) and index in at


def item_at(syntax: Syntax, index: int, at: Mapping[int, Number]) -> Item | None:
    """The counted thing that begins at a token: "65 prisoners", "a woman", "a crew of six", "five in the north"."""
    if index >= len(syntax.tokens):
        return None
    while syntax.tokens[index].text in _OPENING and index + 1 < len(syntax.tokens):
        index += 1
    number = at.get(index)
    if number is None:
        return _one(syntax, index, at)
    noun = _noun(syntax, number.last + 1)
    if noun is None:
        whole = _bare(syntax, number)
        return Item(number.value, index, number.last, None, number.hedge) if whole else None
    if syntax.tokens[noun].lemma.lower() in words("listings", "many", "words") and not _is_crew(syntax, noun):
        return None
    if number.value > 1 and not _is_plural(syntax, noun):
        return None
    return Item(number.value, index, noun, noun, number.hedge)


def _bare(syntax: Syntax, number: Number) -> bool:
    """Whether a number without a noun still counts: "All 74 died", "five in the north"."""
    following = syntax.tokens[number.last + 1] if number.last + 1 < len(syntax.tokens) else None
    summed = phrase_at(syntax, number.last + 1, table("listings")["summed"]["behind"])
    return bool(summed) or (following is not None and following.pos in {"VERB", "AUX", "ADP"})


def _one(syntax: Syntax, index: int, at: Mapping[int, Number]) -> Item | None:
    """One thing named with an article, or a group of so many: "a crew of six"."""
    token = syntax.tokens[index]
    if token.text.lower() not in {"a", "an", "one", "another"}:
        return None
    noun = _noun(syntax, index + 1)
    if noun is None or syntax.tokens[noun].tag not in {"NN", "NNP"}:
        return None
    if syntax.tokens[noun].lemma.lower() in words("listings", "many", "words"):
        inner = at.get(noun + 2) if noun + 2 < len(syntax.tokens) and syntax.tokens[noun + 1].text == "of" else None
        return Item(inner.value, index, inner.last, noun, inner.hedge) if inner else None
    return Item(1, index, noun, noun)


def _noun(syntax: Syntax, index: int) -> int | None:
    """The noun that counted things are named by: the last of the nouns behind a number, past its adjectives."""
    noun: int | None = None
    for each in range(index, min(index + _NOUN_REACH, len(syntax.tokens))):
        token = syntax.tokens[each]
        text = token.text.lower()
        if text in words("listings", "people", "words"):
            return each
        if token.pos in {"NOUN", "PROPN"}:
            noun = each
        elif text in _OPENING and noun is None:
            continue
        elif noun is not None or not (token.pos in {"ADJ", "ADV"} or token.tag in {"VBN", "VBG"}):
            break
    return noun


def _is_crew(syntax: Syntax, noun: int) -> bool:
    return syntax.tokens[noun].text.lower() == "crew"


def _is_plural(syntax: Syntax, noun: int) -> bool:
    token = syntax.tokens[noun]
    text = token.text.lower()
    return token.tag in {"NNS", "NNPS"} or text in words("listings", "people", "words") | {
        "people", "crew", "police", "personnel", "staff", "men", "women", "children", "military",
    }  # fmt: skip


def is_people(syntax: Syntax, item: Item) -> bool:
    """Whether an item counts people, or leaves its noun out."""
    if item.noun is None:
        return True
    token = syntax.tokens[item.noun]
    lemma, text = token.lemma.lower(), token.text.lower()
    if text in words("listings", "people", "words") or lemma in words("counts", "persons", "words"):
        return True
    if lemma in classes("counts", "nouns") or (token.entity == "NORP" and token.tag in {"NNPS", "NNS"}):
        return True
    return token.tag == "NNS" and text.endswith(tuple(table("counts")["persons"]["endings"]))


def same_things(syntax: Syntax, total: Item, items: Sequence[Item]) -> bool:
    """Whether the items surely count what the total does: people, or things of the same name."""
    if total.noun is None:
        return False
    if is_people(syntax, total):
        return all(is_people(syntax, item) for item in items)
    lemma = syntax.tokens[total.noun].lemma
    return all(item.noun is None or syntax.tokens[item.noun].lemma == lemma for item in items)


def is_aboard(syntax: Syntax, total: Item) -> bool:
    after = syntax.article.text[syntax.tokens[total.last].end :][:12].lower()
    return after.startswith((" on board", " aboard"))


def called(syntax: Syntax, total: Item) -> str:
    return "people" if total.noun is None else syntax.tokens[total.noun].text.lower()


def part_of(syntax: Syntax, item: Item) -> Part:
    span = syntax.span(item.first, item.last)
    return Part(item.value, " ".join(syntax.article.quote(span).split()), Span(span.start, span.end), item.hedge)


def starts_some(syntax: Syntax, index: int) -> int:
    return phrase_at(syntax, index, table("listings")["some"]["phrases"])


def phrase_at(syntax: Syntax, index: int, phrases: Sequence[str]) -> int:
    """How many tokens the longest of the phrases that begins at a token has; 0 where none does."""
    if index < 0:
        return 0
    return max((len(p.split()) for p in phrases if _reads(syntax, index, p.split())), default=0)


def _reads(syntax: Syntax, index: int, said: Sequence[str]) -> bool:
    tokens = syntax.tokens[index : index + len(said)]
    return [token.text.lower() for token in tokens] == list(said)
