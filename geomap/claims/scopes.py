"""What is said: the stretches of a sentence that a cue of saying covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geomap.claims.grammar import Syntax
from geomap.model import Sentence, Span


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue before its speaker is settled; numbers are tokens. ``how`` is "verb", "inner", "outer" or "source"."""

    first: int
    last: int
    noun: int | None
    lemma: str
    how: str


def scope(syntax: Syntax, sentence: Sentence, cue: Cue, found: Sequence[Cue]) -> tuple[Span, ...]:
    """What is said: before the cue, after it, or both."""
    if cue.how == "verb":
        return _verb_scope(syntax, sentence, cue, found)
    after = _content(syntax, cue.last + 1, sentence.last)
    before = _content(syntax, sentence.first, cue.first)
    if _is_aside(syntax, sentence, cue):
        return _rest(syntax, sentence, cue, found)
    if before is not None and (after is None or not _starts_sentence(syntax, sentence, cue)):
        left = _from(syntax, sentence, cue, found)
        parts = [syntax.span(left, cue.first - 1)] if left < cue.first else []
        if not _has_verb(syntax, left, cue.first) and after is not None:
            parts.append(syntax.span(cue.last + 1, sentence.last - 1))
        return tuple(parts)
    last = _until(syntax, sentence, cue, found)
    return (syntax.span(cue.last + 1, last),) if cue.last < last else ()


def _is_aside(syntax: Syntax, sentence: Sentence, cue: Cue) -> bool:
    """Whether a cue between commas opens what it covers: "in which, according to Delhi, four were hurt"."""
    before, after = cue.first - 1, cue.last + 1
    if before - 1 < sentence.first or after >= sentence.last:
        return False
    if syntax.tokens[before].text != "," or syntax.tokens[after].text != ",":
        return False
    return syntax.tokens[before - 1].text.lower() in {"which", "that", "where", "who", "when", "and", "but", "because"}


def _starts_sentence(syntax: Syntax, sentence: Sentence, cue: Cue) -> bool:
    return not _has_verb(syntax, sentence.first, cue.first)


def _content(syntax: Syntax, first: int, last: int) -> int | None:
    """The first word between two tokens, marks and joining words aside."""
    for index in range(first, last):
        if syntax.tokens[index].pos not in {"PUNCT", "CCONJ", "SPACE"}:
            return index
    return None


def _has_verb(syntax: Syntax, first: int, last: int) -> bool:
    return any(
        syntax.tokens[each].pos in {"VERB", "AUX"} or syntax.tokens[each].dep == "ccomp" for each in range(first, last)
    )


def _verb_scope(syntax: Syntax, sentence: Sentence, cue: Cue, found: Sequence[Cue]) -> tuple[Span, ...]:
    verb = next(
        (i for i in range(cue.last, cue.first - 1, -1) if syntax.tokens[i].lemma.lower() == cue.lemma), cue.last
    )
    if syntax.is_passive(verb):
        return (syntax.span(sentence.first, sentence.last - 1),)
    if syntax.tokens[verb].dep == "relcl":
        if _is_tag(syntax, sentence, cue):
            return (syntax.span(_from(syntax, sentence, cue, found), cue.first - 1),)
        last = syntax.subtree(verb)[-1]
        return (syntax.span(cue.last + 1, last),) if last > cue.last else ()
    said = [
        c
        for c in syntax.children[verb]
        if syntax.tokens[c].dep in {"ccomp", "dobj", "oprd", "xcomp", "parataxis", "prep", "acl", "advcl"}
    ]
    follows = any(c > verb and _is_said(syntax, c, cue) for c in said)
    quoted = cue.last + 1 < sentence.last and any(
        syntax.tokens[each].text in {"“", '"', ":", "``"}
        for each in range(cue.last + 1, min(cue.last + 4, sentence.last))
    )
    left = _from(syntax, sentence, cue, found)
    before = left < cue.first and _has_verb(syntax, left, cue.first) and _closed_before(syntax, cue, verb)
    if (follows or quoted) and not before:
        return _rest(syntax, sentence, cue, found)
    if before:
        parts = [syntax.span(left, cue.first - 1)]
        return (
            *parts,
            *(_rest(syntax, sentence, cue, found) if follows or quoted or _goes_on(syntax, sentence, cue) else ()),
        )
    return _rest(syntax, sentence, cue, found) if _has_verb(syntax, cue.last + 1, sentence.last) else ()


def _is_tag(syntax: Syntax, sentence: Sentence, cue: Cue) -> bool:
    """Whether a cue closes the sentence behind what is said: "..., the charity that employs them said on Saturday"."""
    if cue.first <= sentence.first or syntax.tokens[cue.first - 1].text not in {",", "”", '"', "—", "–"}:
        return False
    behind = _content(syntax, cue.last + 1, sentence.last)
    return behind is None or (
        not _has_verb(syntax, cue.last + 1, sentence.last) and syntax.tokens[behind].pos in {"ADP", "ADV", "PROPN"}
    )


def _goes_on(syntax: Syntax, sentence: Sentence, cue: Cue) -> bool:
    """Whether what is said goes on behind the cue: "..., police said, killing two"."""
    following = cue.last + 1
    return (
        following + 1 < sentence.last
        and syntax.tokens[following].text == ","
        and syntax.tokens[following + 1].lemma.lower()
        not in {"cite", "quote", "speak", "add", "according", "accord", "but", "although", "though", "while"}
        and _has_verb(syntax, following, sentence.last)
    )


def _is_said(syntax: Syntax, child: int, cue: Cue) -> bool:
    token = syntax.tokens[child]
    if token.dep in {"ccomp", "oprd", "parataxis"}:
        return True
    if token.dep == "dobj":
        return cue.lemma != "tell" and token.text.lower() not in {"statement", "telegram"}
    return token.dep == "prep" and cue.lemma in {"accuse", "blame", "warn"}


def _closed_before(syntax: Syntax, cue: Cue, verb: int) -> bool:
    """Whether what stands before the cue is what is said: a clause of its own, set off by a comma or a mark."""
    before = syntax.tokens[cue.first - 1]
    if any(syntax.tokens[c].dep in {"ccomp", "parataxis"} and c < cue.first for c in syntax.children[verb]):
        return True
    if before.text not in {",", "”", '"', "''", "—", "–", "-"}:
        return False
    token = syntax.tokens[verb]
    if token.dep in {"parataxis", "ROOT"}:
        return not any(syntax.tokens[c].dep == "advcl" and c < cue.first for c in syntax.children[verb]) or not any(
            syntax.tokens[c].dep == "ccomp" for c in syntax.children[verb]
        )
    return token.dep in {"advcl", "conj", "ccomp"} and syntax.tokens[verb].head < cue.first


def _from(syntax: Syntax, sentence: Sentence, cue: Cue, found: Sequence[Cue]) -> int:
    """Where what is said before the cue begins: with the sentence, or after a "but" behind an earlier speaker."""
    earlier = [other.first for other in found if other.last < cue.first]
    for index in range(cue.first - 1, sentence.first, -1):
        if _is_turn(syntax, index) and any(first < index for first in earlier):
            return index + 1
    return sentence.first


def _rest(syntax: Syntax, sentence: Sentence, cue: Cue, found: Sequence[Cue]) -> tuple[Span, ...]:
    last = _until(syntax, sentence, cue, found)
    return (syntax.span(cue.last + 1, last),) if last > cue.last else ()


def _until(syntax: Syntax, sentence: Sentence, cue: Cue, found: Sequence[Cue]) -> int:
    """The last token of what is said after the cue: up to a "but" or "while" with a speaker of its own."""
    later = [other for other in found if other.first > cue.last and other.how != "outer"]
    for index in range(cue.last + 1, sentence.last):
        if _is_turn(syntax, index) and any(0 <= other.first - index <= 6 for other in later):
            return max(index - 1, cue.last)
    return sentence.last - 1


def _is_turn(syntax: Syntax, index: int) -> bool:
    token = syntax.tokens[index]
    if token.text == ";":
        return True
    return token.text.lower() in {"but", "while", "although", "though", "whereas", "and"} and (
        syntax.tokens[index - 1].text in {",", "”", '"'} or token.text.lower() != "and"
    )
