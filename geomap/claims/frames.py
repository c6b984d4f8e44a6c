"""The places in a report where somebody is said to say something: cue, speaker, and the words it covers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import classes, table, words
from geomap.claims.speakers import display, is_outlet
from geomap.claims.names import outlet_name, phrase
from geomap.claims.voices import MEDIUM, OUTLET, Voice, Voices
from geomap.model import Sentence, Span, Status


@dataclass(frozen=True, slots=True)
class Frame:
    """One act of saying: ``scope`` is what is said, ``core`` the words that say who says it.

    ``via`` names those who pass it on, the outermost first.
    """

    scope: tuple[Span, ...]
    core: Span
    speaker: str
    cue: str
    status: Status
    via: tuple[str, ...] = ()

    def covers(self, span: Span) -> bool:
        """Whether ``span`` begins in what is said."""
        return any(part.start <= span.start < part.end for part in self.scope)


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue before its speaker is settled; numbers are tokens. ``how`` is "verb", "inner", "outer" or "source"."""

    first: int
    last: int
    noun: int | None
    lemma: str
    how: str


def cues(syntax: Syntax, sentence: Sentence) -> list[Cue]:
    """The cues of one sentence, in order."""
    found = [*_verbs(syntax, sentence), *_phrases(syntax, sentence)]
    return sorted(found, key=lambda cue: cue.first)


def _verbs(syntax: Syntax, sentence: Sentence) -> Iterator[Cue]:
    for index in range(sentence.first, sentence.last):
        token = syntax.tokens[index]
        if token.pos not in {"VERB", "AUX"} or token.lemma.lower() not in classes("attribution", "verbs"):
            continue
        quoted = _quoted(syntax, index)
        if quoted is not None:
            yield Cue(min(_edge(syntax, quoted), quoted) if quoted < index else index, index, quoted, "say", "verb")
            continue
        shown = _shown(syntax, index)
        if shown is not None:
            yield Cue(min(_edge(syntax, shown), shown), index, shown, "purport", "verb")
            continue
        subject = _subject(syntax, index)
        if subject is None or subject == index:
            continue
        first = min(_edge(syntax, subject), index)
        yield Cue(first, max(index, subject), subject, token.lemma.lower(), "verb")


def _quoted(syntax: Syntax, verb: int) -> int | None:
    """Who says it in "the chief was quoted as saying" and "the paper quoted the chief as saying"."""
    token = syntax.tokens[verb]
    before = [syntax.tokens[each] for each in range(max(syntax.sentence(verb).first, verb - 8), verb)]
    if token.text.lower() != "saying" or len(before) < 3 or before[-1].text.lower() != "as":
        return None
    if before[-2].lemma.lower() in {"quote", "cite"} and before[-3].lemma.lower() == "be":
        nouns = [each for each in before[:-3] if each.pos in {"NOUN", "PROPN", "PRON"}]
        return before.index(nouns[-1]) + verb - len(before) if nouns else None
    return None


@cache
def _silent() -> frozenset[str]:
    """What says nothing though it may stand as a subject: events, craft, the first person."""
    events = {noun for kind in table("events")["kind"] for noun in kind.get("nouns", [])}
    return frozenset({"i", "we", "you", "there", "toll", "war", *events, *table("events")["craft"]})


def _shown(syntax: Syntax, verb: int) -> int | None:
    """The video or picture of "appeared to show", "was said to show"."""
    token = syntax.tokens[verb]
    if token.lemma.lower() not in words("attribution", "verbs", "reported") or token.tag != "VB":
        return None
    first = syntax.sentence(verb).first
    before = [syntax.tokens[each].text.lower() for each in range(first, verb)]
    if before[-1:] != ["to"] or not {
        "appeared",
        "appears",
        "said",
        "seemed",
        "seems",
        "purporting",
        "purports",
        "purported",
        "claimed",
        "alleged",
        "believed",
        "appear",
        "seem",
    } & set(before):
        return None
    return next((each for each in range(first, verb) if _is_medium(syntax, each)), None)


def _subject(syntax: Syntax, verb: int) -> int | None:
    """Who does the saying, or None where the verb says nothing of its own (infinitive, negated, first person)."""
    token = syntax.tokens[verb]
    auxiliaries = {
        syntax.tokens[each].lemma.lower()
        for each in syntax.children[verb]
        if syntax.tokens[each].dep in {"aux", "auxpass"}
    }
    if token.tag == "VB" and not auxiliaries & {"do", "will", "would"}:
        return None
    if (
        syntax.is_negated(verb)
        or "to" in auxiliaries
        or (auxiliaries & {"can", "could", "may", "might", "would", "should"})
    ):
        return None
    if syntax.is_passive(verb):
        agent = syntax.child(verb, "agent")
        return syntax.child(agent, "pobj") if agent is not None else None
    if token.dep in {"amod", "compound"} or (
        token.tag in {"VBG", "VBN"} and token.dep not in {"ROOT", "conj", "ccomp", "parataxis", "advcl", "relcl"}
    ):
        return None
    if token.tag == "VBN" and "have" not in auxiliaries:
        return None
    own = [c for c in syntax.children[verb] if syntax.tokens[c].dep == "nsubj"]
    subject = min(own, key=lambda c: abs(c - verb)) if len(own) > 1 else syntax.subject(verb)
    if subject is not None and syntax.tokens[subject].dep == "nsubjpass":
        return None
    if subject is None or (syntax.tokens[subject].pos != "PROPN" and syntax.tokens[subject].lemma.lower() in _silent()):
        return None
    if token.lemma.lower() in words("attribution", "verbs", "bare") and syntax.child(verb, "dobj", "ccomp") is None:
        return None
    if (token.lemma.lower() in words("attribution", "verbs", "reported")) != _is_medium(syntax, subject):
        return None
    return subject


def _is_medium(syntax: Syntax, index: int) -> bool:
    near = (index, *(c for c in syntax.children[index] if syntax.tokens[c].dep in {"compound"}))
    return any(syntax.tokens[each].lemma.lower() in words("attribution", "media", "words") for each in near)


def _edge(syntax: Syntax, index: int) -> int:
    """The first token of a noun phrase with all that hangs on it."""
    return syntax.subtree(index)[0]


@cache
def _phrases_by_word() -> Mapping[str, list[tuple[tuple[str, ...], str]]]:
    """The phrases that mark a speaker, by their first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for text, how in table("attribution")["phrases"].items():
        found[text.split()[0]].append((tuple(text.split()), how))
    return {word: sorted(each, key=lambda one: -len(one[0])) for word, each in found.items()}


def _phrases(syntax: Syntax, sentence: Sentence) -> Iterator[Cue]:
    for index in range(sentence.first, sentence.last):
        for parts, how in _phrases_by_word().get(syntax.tokens[index].text.lower(), ()):
            last = index + len(parts) - 1
            if last >= sentence.last or any(
                syntax.tokens[index + n].text.lower() != part for n, part in enumerate(parts)
            ):
                continue
            noun = _object(syntax, last, sentence)
            if noun is not None and not (parts == ("per",) and syntax.tokens[noun].pos != "PROPN"):
                yield Cue(index, noun, noun, " ".join(parts), how)
                break


def _object(syntax: Syntax, index: int, sentence: Sentence) -> int | None:
    """The noun that a preposition or a participle governs: by the parse, else the next noun phrase's head."""
    found = syntax.child(index, "pobj", "dobj")
    if found is not None and found > index:
        return found
    for each in range(index + 1, min(index + 10, sentence.last)):
        token = syntax.tokens[each]
        following = syntax.tokens[each + 1] if each + 1 < sentence.last else None
        if token.pos in {"NOUN", "PROPN", "PRON"} and token.dep not in {"compound", "poss", "nmod", "amod"}:
            return each
        if token.pos in {"VERB", "AUX"} or (following is None):
            return None
    return None


def build(syntax: Syntax, sentence: Sentence, found: Sequence[Cue], voices: Voices) -> list[Frame]:
    """The frames of one sentence out of its cues; ``voices`` must have been asked about all sentences before it."""
    frames: list[Frame] = []
    for number, cue in enumerate(found):
        if cue.noun is None:
            continue
        voice = voices.settle(cue.noun, remember=cue.how != "outer")
        if voice is None:
            continue
        if cue.how == "source" and frames:
            frames[-1] = _sourced(frames[-1], voice, syntax.span(cue.first, cue.last))
            continue
        if cue.how == "source" and number + 1 < len(found) and found[number + 1].how == "verb":
            # "Agencies, citing the ministry, said": the verb that follows speaks for the ministry
            follower = found[number + 1]
            if follower.noun is not None and follower.noun < cue.first:
                continue
        if cue.how == "outer" and frames:
            frames[-1] = replace(frames[-1], via=(voice.name, *frames[-1].via))
            continue
        scope = _scope(syntax, sentence, cue, found)
        if not scope:
            continue
        quoting = syntax.child(cue.first, "nsubj") if cue.how == "source" else None
        through = voices.settle(quoting) if quoting is not None else None
        via = (*([through.name] if through else []), *voices.passed_on(cue.noun), *_via(syntax, cue))
        frame = Frame(scope, syntax.span(cue.first, cue.last), voice.name, cue.lemma, _status(cue, voice), via)
        frame = _with_source(syntax, frame, cue, found, voices)
        if scope[0].start < frame.core.start:
            frames = [_cut(earlier, frame.core.start) for earlier in frames]
        frames.append(frame)
    return frames


def _cut(frame: Frame, end: int) -> Frame:
    """A frame that a later speaker closes: "A said that ..., B reported" leaves B outside of what A said."""
    kept = tuple(Span(part.start, min(part.end, end)) for part in frame.scope if part.start < end)
    return replace(frame, scope=kept) if kept else frame


def _with_source(syntax: Syntax, frame: Frame, cue: Cue, found: Sequence[Cue], voices: Voices) -> Frame:
    """Takes "citing X" that stands between the subject and its verb."""
    for other in found:
        if other.how == "source" and cue.first < other.first < cue.last and other.noun is not None:
            voice = voices.settle(other.noun)
            if voice is not None:
                return _sourced(frame, voice, frame.core)
    return frame


def _sourced(frame: Frame, voice: Voice, core: Span) -> Frame:
    status = Status.CLAIMED if frame.status == Status.REPORTED else frame.status
    widened = Span(min(frame.core.start, core.start), max(frame.core.end, core.end))
    return replace(frame, core=widened, speaker=voice.name, via=(*frame.via, frame.speaker), status=status)


def _status(cue: Cue, voice: Voice) -> Status:
    if cue.how != "verb":
        return Status.REPORTED if voice.kind in {OUTLET, MEDIUM} else Status.CLAIMED
    status = Status(classes("attribution", "verbs")[cue.lemma])
    if (
        status == Status.CLAIMED
        and voice.kind in {OUTLET, MEDIUM}
        and cue.lemma in {"report", "say", "write", "add", "note"}
    ):
        return Status.REPORTED
    return status


def _via(syntax: Syntax, cue: Cue) -> tuple[str, ...]:
    """Through whom: "told CNN", "speaking to the Gazette", "in an interview with Radio Sol"."""
    if cue.how != "verb" or cue.noun is None:
        return ()
    verb = next((i for i in range(cue.first, cue.last + 1) if syntax.tokens[i].lemma.lower() == cue.lemma), cue.last)
    heads: list[int] = [
        each for each in syntax.children[verb] if syntax.tokens[each].dep in {"dobj", "dative"} and cue.lemma == "tell"
    ]
    spoken = words("attribution", "told", "speaking") | words("attribution", "told", "interview")
    sentence = syntax.sentence(verb)
    for each in range(sentence.first, sentence.last):
        if syntax.tokens[each].lemma.lower() in spoken:
            for child in syntax.children[each]:
                if syntax.tokens[child].lemma.lower() in {"to", "with"}:
                    found = syntax.child(child, "pobj")
                    if found is not None:
                        heads.append(found)
    names = [_outlet_name(syntax, head) for head in heads]
    return tuple(dict.fromkeys(name for name in names if name))


def _outlet_name(syntax: Syntax, head: int) -> str:
    if syntax.tokens[head].lemma.lower() in words("attribution", "told", "nobody"):
        return ""
    first, last = phrase(syntax, head)
    name = outlet_name(syntax, head, first, last) or display(syntax.text(first, last))
    return name if is_outlet(name) or (name[:1].isupper() and syntax.tokens[head].entity == "ORG") else ""


def _scope(syntax: Syntax, sentence: Sentence, cue: Cue, found: Sequence[Cue]) -> tuple[Span, ...]:
    """What is said: before the cue, after it, or both."""
    if cue.how == "verb":
        return _verb_scope(syntax, sentence, cue, found)
    after = _content(syntax, cue.last + 1, sentence.last)
    before = _content(syntax, sentence.first, cue.first)
    if before is not None and (after is None or not _starts_sentence(syntax, sentence, cue)):
        left = _from(syntax, sentence, cue, found)
        parts = [syntax.span(left, cue.first - 1)] if left < cue.first else []
        if not _has_verb(syntax, left, cue.first) and after is not None:
            parts.append(syntax.span(cue.last + 1, sentence.last - 1))
        return tuple(parts)
    if cue.last + 1 < sentence.last:
        return (syntax.span(cue.last + 1, _until(syntax, sentence, cue, found)),)
    return ()


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
