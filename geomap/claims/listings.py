"""Totals with the parts that a report lists under them: "74 people: 65 prisoners, six crew and three guards".

What a list says is taken only where it is sure to be one: every item a number (or "a", "one") of people, or of the very
things that the total counts. From any other, only that its numbers add up to the total is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from geomap.claims.grammar import Syntax
from geomap.claims.items import (
    MOST,
    Item,
    Row,
    called,
    is_aboard,
    is_people,
    item_at,
    part_of,
    phrase_at,
    row_from,
    same_things,
    starts_item,
    starts_some,
)
from geomap.claims.lexicon import table, words
from geomap.claims.numbers import Number, numbers
from geomap.claims.things import unattributed
from geomap.model import Claim, Count, Listing, Role

_REACH = 14
"""Tokens between a total and its list, at most."""


def totals(syntax: Syntax) -> Iterator[Claim]:
    """A claim, not attributed yet, for every total that is listed with its parts."""
    for total, listing in _all(syntax):
        of = "aboard" if is_aboard(syntax, total) else called(syntax, total)
        value = Count(total.value, of, total.hedge, listing)
        yield unattributed(syntax, Role.COUNT, syntax.span(total.first, total.last), value)


def with_listings(syntax: Syntax, claims: Sequence[Claim]) -> list[Claim]:
    """The claims, with its parts on the first claim of each total that is listed with them."""
    found = list(claims)
    for total, listing in _all(syntax):
        start = syntax.tokens[total.first].start
        for number, claim in enumerate(found):
            value = claim.value
            if not isinstance(value, Count) or value.count != total.value or value.listing:
                continue
            if claim.span.start <= start < claim.span.end or claim.span.start == start:
                found[number] = replace(claim, value=replace(value, listing=listing))
                break
    return found


def _all(syntax: Syntax) -> Iterator[tuple[Item, Listing]]:
    by_sentence: dict[int, list[Number]] = {}
    for number in numbers(syntax):
        if _counts(syntax, number):
            by_sentence.setdefault(syntax.sentence_of[number.first], []).append(number)
    for found in by_sentence.values():
        if len(found) > 1 or _may_list_one(syntax, found[0]):
            at = {number.begin: number for number in found} | {number.first: number for number in found}
            yield from _listed(syntax, found, at)


def _may_list_one(syntax: Syntax, number: Number) -> bool:
    """Whether a sentence with one number may list parts all the same: "two people: a man and a woman"."""
    sentence = syntax.sentence(number.first)
    return any(syntax.tokens[i].text in {":", "(", "—", "–"} for i in range(number.last, sentence.last))


def _counts(syntax: Syntax, number: Number) -> bool:
    """Whether a number counts things by itself, and is no part of another number."""
    following = syntax.tokens[number.last + 1].text.lower() if number.last + 1 < len(syntax.tokens) else ""
    before = syntax.tokens[number.first - 1].text if number.first else ""
    if following in table("times")["months"]:
        return False
    return following not in words("listings", "scaled", "words") and before not in {"/", ".", "$", "€", "£"}


def _listed(syntax: Syntax, found: Sequence[Number], at: Mapping[int, Number]) -> Iterator[tuple[Item, Listing]]:
    """The totals of one sentence with their lists, each total once."""
    for place, number in enumerate(found):
        total = item_at(syntax, number.first, at)
        if total is None:
            continue
        total = replace(total, first=number.begin, hedge=number.hedge)
        listing = (
            _behind(syntax, total, at)
            or _some_of(syntax, total, at, alone=place == 0)
            or _summed(syntax, total, found[max(0, place - MOST) : place], at)
        )
        if listing is not None:
            yield total, listing
        if whole := _whole(syntax, number, at):
            yield whole, Listing((part_of(syntax, total),), complete=False, apart=False)


# --- lists behind their total ----------------------------------------------------------------------------------------


def _behind(syntax: Syntax, total: Item, at: Mapping[int, Number]) -> Listing | None:
    """A list that is said to be all of the total: behind a colon or dash, in brackets, or "made up of" it."""
    opening = _opening(syntax, total, at)
    if opening is None or _is_denied(syntax, total):
        return None
    start, mark = opening
    found = row_from(syntax, start, at)
    if len(found.items) < 2:
        return None
    closed = found.joined or mark == "("
    if mark == "(" and syntax.tokens[min(found.end, len(syntax.tokens) - 1)].text != ")":
        return None
    sure = found.clean and closed and mark != "," and same_things(syntax, total, found.items)
    return _listing(syntax, total, found, sure=sure)


def _opening(syntax: Syntax, total: Item, at: Mapping[int, Number]) -> tuple[int, str] | None:
    """Where a list behind a total begins, and the mark before it; None where the clause lists none."""
    last = min(total.last + _REACH, syntax.sentence(total.last).last - 1)
    for index in range(total.last + 1, last):
        text = syntax.tokens[index].text
        if index in at or text.lower() in words("listings", "not", "words") or starts_some(syntax, index):
            return None
        if text in table("listings")["complete"]["marks"] and (text != "(" or index - total.last <= 4):
            return index + 1, text
        if phrase := phrase_at(syntax, index, table("listings")["complete"]["phrases"]):
            return index + phrase, ":"
        if text == "," and index == total.last + 1 and starts_item(syntax, index + 1, at):
            return index + 1, ","
    return None


def _is_denied(syntax: Syntax, total: Item) -> bool:
    """Whether it is another number that is listed ("half of the 12: ..."), or the total is said not to be one."""
    before = syntax.tokens[max(0, total.first - 3) : total.first]
    said = [token.text.lower() for token in before]
    if "of" in said[-2:]:
        share = before[len(said) - 2 - said[::-1].index("of")] if said.index("of") else None
        if share is None or share.pos in {"NUM", "DET", "PRON", "ADJ"} or share.lemma.lower() in _shares():
            return True
    return bool(set(said) & words("listings", "not", "words"))


def _shares() -> frozenset[str]:
    return words("listings", "many", "words") | {"most", "some"}


def _listing(syntax: Syntax, total: Item, found: Row, *, sure: bool) -> Listing | None:
    """The parts of a list; of one that is not sure, only if they add up."""
    if not sure and sum(item.value for item in found.items) != total.value:
        return None
    return Listing(tuple(part_of(syntax, item) for item in found.items), complete=True)


# --- some of a total -------------------------------------------------------------------------------------------------


def _some_of(syntax: Syntax, total: Item, at: Mapping[int, Number], *, alone: bool) -> Listing | None:
    """Parts that are only some: "12 dead, including four children", "12 dead, four of them children"."""
    if not alone or not is_people(syntax, total):
        return None
    last = min(total.last + _REACH, syntax.sentence(total.last).last - 1)
    for index in range(total.last + 1, last):
        if index in at:
            return _of_them(syntax, at[index], at)
        if syntax.tokens[index].text.lower() in words("listings", "not", "words"):
            return None
        if length := starts_some(syntax, index):
            found = row_from(syntax, index + length, at)
            if not found.items or not all(is_people(syntax, item) for item in found.items):
                return None
            return Listing(tuple(part_of(syntax, item) for item in found.items), complete=False, apart=False)
    return None


def _of_them(syntax: Syntax, number: Number, at: Mapping[int, Number]) -> Listing | None:
    if not phrase_at(syntax, number.last + 1, table("listings")["some"]["behind"]):
        return None
    item = Item(number.value, number.begin, number.last, None, number.hedge)
    return Listing((part_of(syntax, item),), complete=False, apart=False)


def _whole(syntax: Syntax, number: Number, at: Mapping[int, Number]) -> Item | None:
    """The whole that a number is said to be of: "three of the six crew"."""
    tokens, index = syntax.tokens, number.last + 1
    if index + 2 >= len(tokens) or tokens[index].text.lower() != "of":
        return None
    if tokens[index + 1].text.lower() in {"the", "its", "their", "those", "these", "all"}:
        index += 1
    found = at.get(index + 1)
    whole = item_at(syntax, found.first, at) if found and found.hedge is None else None
    return whole if whole and whole.noun is not None and is_people(syntax, whole) else None


# --- lists before their total ----------------------------------------------------------------------------------------


def _summed(syntax: Syntax, total: Item, before: Sequence[Number], at: Mapping[int, Number]) -> Listing | None:
    """A list that ends in its total: "eight men and four women, 12 in all"."""
    start = _sum_begins(syntax, total)
    if start is None:
        return None
    for number in before:
        found = row_from(syntax, number.begin, at, stop=start)
        if len(found.items) > 1 and found.end == start:
            sure = found.clean and found.joined and all(is_people(syntax, item) for item in found.items)
            return _listing(syntax, total, found, sure=sure)
    return None


def _sum_begins(syntax: Syntax, total: Item) -> int | None:
    """The comma or dash before "a total of 12", "12 in all"; None where a number is not said to be a sum."""
    source = table("listings")["summed"]
    start = next(
        (
            total.first - size
            for size in (4, 3, 2, 1)
            if phrase_at(syntax, total.first - size, source["before"]) == size
        ),
        None,
    )
    if start is None and not any(
        phrase_at(syntax, index, source["behind"]) for index in (total.last + 1, total.last + 2)
    ):
        return None
    mark = (start if start is not None else total.first) - 1
    return mark if mark > 0 and syntax.tokens[mark].text in {",", "—", "–", "-", "(", ":", ";"} else None
