"""Totals with the parts that a report lists under them: "74 people: 65 prisoners, six crew and three guards".

What a list says is taken only where it is sure to be one: every item a number (or "a", "one") of people, or of the very
things that the total counts. From any other, only that its numbers add up to the total is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import classes, table, words
from geomap.claims.numbers import Number, numbers
from geomap.claims.things import unattributed
from geomap.model import Claim, Count, Listing, Part, Role, Span

_REACH = 14
"""Tokens between a total and its list, at most."""
_NOUN_REACH = 7
_TAIL = 16
"""Tokens of one item behind its noun, at most."""

_OPENING = frozenset({"“", '"', "”", "'", "‘", "’", "-", "–"})


@dataclass(frozen=True, slots=True)
class _Item:
    """One counted thing: its value, first and last token, the noun's token (None where it is left out) and hedge."""

    value: int
    first: int
    last: int
    noun: int | None
    hedge: str | None = None


@dataclass(frozen=True, slots=True)
class _List:
    """Items in a row, and the token behind them; ``clean`` is whether nothing else was passed over on the way."""

    items: tuple[_Item, ...]
    end: int
    clean: bool
    joined: bool
    """Whether "and" stands before the last item: the list is closed."""


def totals(syntax: Syntax) -> Iterator[Claim]:
    """A claim, not attributed yet, for every total that is listed with its parts."""
    for total, listing in _all(syntax):
        of = "aboard" if _is_aboard(syntax, total) else _called(syntax, total)
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


def _all(syntax: Syntax) -> Iterator[tuple[_Item, Listing]]:
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


def _listed(syntax: Syntax, found: Sequence[Number], at: Mapping[int, Number]) -> Iterator[tuple[_Item, Listing]]:
    """The totals of one sentence with their lists, each total once."""
    for place, number in enumerate(found):
        total = _item(syntax, number.first, at)
        if total is None:
            continue
        total = replace(total, first=number.begin, hedge=number.hedge)
        listing = (
            _behind(syntax, total, at)
            or _some_of(syntax, total, at, alone=place == 0)
            or _summed(syntax, total, found[:place], at)
        )
        if listing is not None:
            yield total, listing
        if whole := _whole(syntax, number, at):
            yield whole, Listing((_part(syntax, total),), complete=False, apart=False)


# --- lists behind their total ----------------------------------------------------------------------------------------


def _behind(syntax: Syntax, total: _Item, at: Mapping[int, Number]) -> Listing | None:
    """A list that is said to be all of the total: behind a colon or dash, in brackets, or "made up of" it."""
    opening = _opening(syntax, total, at)
    if opening is None or _is_denied(syntax, total):
        return None
    start, mark = opening
    found = _list(syntax, start, at)
    if len(found.items) < 2:
        return None
    closed = found.joined or mark == "("
    if mark == "(" and syntax.tokens[min(found.end, len(syntax.tokens) - 1)].text != ")":
        return None
    sure = found.clean and closed and mark != "," and _same_things(syntax, total, found.items)
    return _listing(syntax, total, found, sure=sure)


def _opening(syntax: Syntax, total: _Item, at: Mapping[int, Number]) -> tuple[int, str] | None:
    """Where a list behind a total begins, and the mark before it; None where the clause lists none."""
    last = min(total.last + _REACH, syntax.sentence(total.last).last - 1)
    for index in range(total.last + 1, last):
        text = syntax.tokens[index].text
        if index in at or text.lower() in words("listings", "not", "words") or _starts_some(syntax, index):
            return None
        if text in table("listings")["complete"]["marks"] and (text != "(" or index - total.last <= 4):
            return index + 1, text
        if phrase := _phrase(syntax, index, table("listings")["complete"]["phrases"]):
            return index + phrase, ":"
        if text == "," and index == total.last + 1 and _starts_item(syntax, index + 1, at):
            return index + 1, ","
    return None


def _is_denied(syntax: Syntax, total: _Item) -> bool:
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


def _listing(syntax: Syntax, total: _Item, found: _List, *, sure: bool) -> Listing | None:
    """The parts of a list; of one that is not sure, only if they add up."""
    if not sure and sum(item.value for item in found.items) != total.value:
        return None
    return Listing(tuple(_part(syntax, item) for item in found.items), complete=True)


# --- some of a total -------------------------------------------------------------------------------------------------


def _some_of(syntax: Syntax, total: _Item, at: Mapping[int, Number], *, alone: bool) -> Listing | None:
    """Parts that are only some: "12 dead, including four children", "12 dead, four of them children"."""
    if not alone or not _is_people(syntax, total):
        return None
    last = min(total.last + _REACH, syntax.sentence(total.last).last - 1)
    for index in range(total.last + 1, last):
        if index in at:
            return _of_them(syntax, at[index], at)
        if syntax.tokens[index].text.lower() in words("listings", "not", "words"):
            return None
        if length := _starts_some(syntax, index):
            found = _list(syntax, index + length, at)
            if not found.items or not all(_is_people(syntax, item) for item in found.items):
                return None
            return Listing(tuple(_part(syntax, item) for item in found.items), complete=False, apart=False)
    return None


def _of_them(syntax: Syntax, number: Number, at: Mapping[int, Number]) -> Listing | None:
    if not _phrase(syntax, number.last + 1, table("listings")["some"]["behind"]):
        return None
    item = _Item(number.value, number.begin, number.last, None, number.hedge)
    return Listing((_part(syntax, item),), complete=False, apart=False)


def _whole(syntax: Syntax, number: Number, at: Mapping[int, Number]) -> _Item | None:
    """The whole that a number is said to be of: "three of the six crew"."""
    tokens, index = syntax.tokens, number.last + 1
    if index + 2 >= len(tokens) or tokens[index].text.lower() != "of":
        return None
    if tokens[index + 1].text.lower() in {"the", "its", "their", "those", "these", "all"}:
        index += 1
    found = at.get(index + 1)
    whole = _item(syntax, found.first, at) if found and found.hedge is None else None
    return whole if whole and whole.noun is not None and _is_people(syntax, whole) else None


# --- lists before their total ----------------------------------------------------------------------------------------


def _summed(syntax: Syntax, total: _Item, before: Sequence[Number], at: Mapping[int, Number]) -> Listing | None:
    """A list that ends in its total: "eight men and four women, 12 in all"."""
    start = _sum_begins(syntax, total)
    if start is None:
        return None
    for number in before:
        found = _list(syntax, number.begin, at, stop=start)
        if len(found.items) > 1 and found.end == start:
            sure = found.clean and found.joined and all(_is_people(syntax, item) for item in found.items)
            return _listing(syntax, total, found, sure=sure)
    return None


def _sum_begins(syntax: Syntax, total: _Item) -> int | None:
    """The comma or dash before "a total of 12", "12 in all"; None where a number is not said to be a sum."""
    source = table("listings")["summed"]
    start = next(
        (total.first - size for size in (4, 3, 2, 1) if _phrase(syntax, total.first - size, source["before"]) == size),
        None,
    )
    if start is None and not any(
        _phrase(syntax, index, source["behind"]) for index in (total.last + 1, total.last + 2)
    ):
        return None
    mark = (start if start is not None else total.first) - 1
    return mark if mark > 0 and syntax.tokens[mark].text in {",", "—", "–", "-", "(", ":", ";"} else None


# --- items -----------------------------------------------------------------------------------------------------------


def _list(syntax: Syntax, start: int, at: Mapping[int, Number], *, stop: int | None = None) -> _List:
    """The items in a row from token ``start``, up to token ``stop`` or where they end."""
    items: list[_Item] = []
    clean, joined, index = True, False, start
    last = syntax.sentence(min(start, len(syntax.tokens) - 1)).last if stop is None else stop
    end = start
    while index < last:
        item = _item(syntax, index, at)
        if item is None:
            break
        items.append(item)
        index, tidy = _past_tail(syntax, item, at, last)
        clean, end = clean and tidy, index
        index, found_and = _past_join(syntax, index, last)
        if index == end:
            break
        if index < last and _item(syntax, index, at) is None:
            # "and their luggage": something is joined that is no number; a comma may just end the list.
            clean = clean and not found_and
            break
        joined = joined or found_and
    return _List(tuple(items), end, clean, joined)


def _past_tail(syntax: Syntax, item: _Item, at: Mapping[int, Number], last: int) -> tuple[int, bool]:
    """Past the words behind an item ("in the north", "(all men)"), and whether they were only that."""
    tidy, index = True, item.last + 1
    while index < min(last, item.last + _TAIL):
        text = syntax.tokens[index].text.lower()
        if text == "(" or (text == "," and _starts_some(syntax, index + 1)):
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
    while end < last and syntax.tokens[end].text != closing:
        end += 1
    return min(last, end + (closing == ")"))


def _is_untidy(syntax: Syntax, index: int, at: Mapping[int, Number]) -> bool:
    """Whether a word behind an item says more than what it is: another number, "including", "or", a verb."""
    token = syntax.tokens[index]
    text = token.text.lower()
    if index in at or text == "or" or _starts_some(syntax, index) or text in words("listings", "not", "words"):
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


def _starts_item(syntax: Syntax, index: int, at: Mapping[int, Number]) -> bool:
    return index < len(syntax.tokens) and index in at


def _item(syntax: Syntax, index: int, at: Mapping[int, Number]) -> _Item | None:
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
        return _Item(number.value, index, number.last, None, number.hedge) if whole else None
    if syntax.tokens[noun].lemma.lower() in words("listings", "many", "words") and not _is_crew(syntax, noun):
        return None
    if number.value > 1 and not _is_plural(syntax, noun):
        return None
    return _Item(number.value, index, noun, noun, number.hedge)


def _bare(syntax: Syntax, number: Number) -> bool:
    """Whether a number without a noun still counts: "All 74 died", "five in the north"."""
    following = syntax.tokens[number.last + 1] if number.last + 1 < len(syntax.tokens) else None
    summed = _phrase(syntax, number.last + 1, table("listings")["summed"]["behind"])
    return bool(summed) or (following is not None and following.pos in {"VERB", "AUX", "ADP"})


def _one(syntax: Syntax, index: int, at: Mapping[int, Number]) -> _Item | None:
    """One thing named with an article, or a group of so many: "a crew of six"."""
    token = syntax.tokens[index]
    if token.text.lower() not in {"a", "an", "one", "another"}:
        return None
    noun = _noun(syntax, index + 1)
    if noun is None or syntax.tokens[noun].tag not in {"NN", "NNP"}:
        return None
    if syntax.tokens[noun].lemma.lower() in words("listings", "many", "words"):
        inner = at.get(noun + 2) if noun + 2 < len(syntax.tokens) and syntax.tokens[noun + 1].text == "of" else None
        return _Item(inner.value, index, inner.last, noun, inner.hedge) if inner else None
    return _Item(1, index, noun, noun)


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


def _is_people(syntax: Syntax, item: _Item) -> bool:
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


def _same_things(syntax: Syntax, total: _Item, items: Sequence[_Item]) -> bool:
    """Whether the items surely count what the total does: people, or things of the same name."""
    if total.noun is None:
        return False
    if _is_people(syntax, total):
        return all(_is_people(syntax, item) for item in items)
    lemma = syntax.tokens[total.noun].lemma
    return all(item.noun is None or syntax.tokens[item.noun].lemma == lemma for item in items)


def _is_aboard(syntax: Syntax, total: _Item) -> bool:
    after = syntax.article.text[syntax.tokens[total.last].end :][:12].lower()
    return after.startswith((" on board", " aboard"))


def _called(syntax: Syntax, total: _Item) -> str:
    return "people" if total.noun is None else syntax.tokens[total.noun].text.lower()


def _part(syntax: Syntax, item: _Item) -> Part:
    span = syntax.span(item.first, item.last)
    return Part(item.value, " ".join(syntax.article.quote(span).split()), Span(span.start, span.end), item.hedge)


def _starts_some(syntax: Syntax, index: int) -> int:
    return _phrase(syntax, index, table("listings")["some"]["phrases"])


def _phrase(syntax: Syntax, index: int, phrases: Sequence[str]) -> int:
    """How many tokens the longest of the phrases that begins at a token has; 0 where none does."""
    if index < 0:
        return 0
    return max((len(p.split()) for p in phrases if _reads(syntax, index, p.split())), default=0)


def _reads(syntax: Syntax, index: int, said: Sequence[str]) -> bool:
    tokens = syntax.tokens[index : index + len(said)]
    return [token.text.lower() for token in tokens] == list(said)
