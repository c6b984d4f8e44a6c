"""Accounts of several sentences whose teller stands before or behind them: "police gave these details:"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from geomap.claims.grammar import NOMINAL, Syntax
from geomap.claims.lexicon import classes, longest_first, words
from geomap.claims.tellers import speaks, teller
from geomap.model import Sentence, Span, Status

REACH = 12
"""Sentences of the longest account."""


@dataclass(frozen=True, slots=True)
class Account:
    """Whose account it is, as the token that names him, and the sentences it reaches over, in order."""

    noun: int
    reach: Sequence[int]

    def scope(self, syntax: Syntax) -> Span:
        """The characters of the account."""
        return Span(syntax.sentences[self.reach[0]].span.start, syntax.sentences[self.reach[-1]].span.end)


def account(syntax: Syntax, number: int) -> Account | None:
    """The account that a sentence announces or closes, if any.

    It reaches to the end of the paragraph, or from its beginning; over the whole next or previous one where the
    sentence stands at the edge of its own; over :data:`REACH` sentences at most.
    """
    sentence = syntax.sentences[number]
    text = syntax.article.text[sentence.span.start : sentence.span.end]
    closes = _closes().match(text)
    if closes:
        noun = _behind(syntax, sentence, sentence.span.start + closes.end())
    elif _announces().search(text):
        noun = next((found for i in _givings(syntax, sentence) if (found := teller(syntax, i)) is not None), None)
    else:
        return None
    reach = _rest(syntax, number, -1 if closes else 1)
    return Account(noun, reach) if noun is not None and reach else None


def _givings(syntax: Syntax, sentence: Sentence) -> Iterator[int]:
    """The verbs that say or give something: not those that deny it, nor what could not be said."""
    known = classes("attribution", "verbs")
    giving = words("attribution", "retold", "giving")
    for index in range(sentence.first, sentence.last):
        lemma = syntax.tokens[index].lemma.lower()
        says = lemma in giving or known.get(lemma, Status.DENIED) != Status.DENIED
        aided = any(syntax.tokens[each].tag == "MD" for each in syntax.children[index])
        open_ = aided or syntax.is_negated(index) or syntax.is_passive(index)
        if syntax.tokens[index].pos == "VERB" and says and not open_:
            yield index


def _behind(syntax: Syntax, sentence: Sentence, offset: int) -> int | None:
    """The first noun behind an offset that others do not merely say more of, if it is of those who speak."""
    inside = range(min(syntax.at(offset), sentence.last), sentence.last)
    lesser = {"compound", "nmod", "poss", "amod", "nummod", "quantmod"}
    nouns = (i for i in inside if syntax.tokens[i].pos in NOMINAL and syntax.tokens[i].dep not in lesser)
    noun = next(nouns, None)
    return noun if noun is not None and (speaks(syntax, noun) or _is_statement(syntax, noun)) else None


def _is_statement(syntax: Syntax, noun: int) -> bool:
    return syntax.tokens[noun].lemma.lower() in words("attribution", "statements", "words")


def _rest(syntax: Syntax, number: int, step: int) -> Sequence[int]:
    """The sentences before or behind one in its paragraph, else all of the neighbouring paragraph; in order."""
    found: list[int] = []
    each = number + step
    while 0 <= each < len(syntax.sentences) and len(found) < REACH:
        beside = syntax.sentences[found[0] if found else each].paragraph
        if syntax.sentences[each].paragraph != beside:
            break
        found.append(each)
        each += step
    return sorted(found)


@cache
def _things() -> str:
    return "|".join(longest_first(words("attribution", "retold", "things")))


@cache
def _announces() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:(?:the following(?: {_things()})?|as follows)\s*[.:]|(?:these|this) (?:{_things()})\s*:)\s*$",
        re.IGNORECASE,
    )


@cache
def _closes() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:all (?:of )?)?(?:this|that)|these (?:{_things()})) "
        rf"(?:(?:all )?(?:comes?|came) from|(?:is|was|are|were) (?:all )?(?:according to|from|what"
        rf"|the (?:{_things()}) (?:of|by|from|given by)))\b",
        re.IGNORECASE,
    )
