"""Who says a stretch of a report, through whom, and how sure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from geomap.claims import frames, grammar, quotations, retold
from geomap.claims.copies import Copy, copies
from geomap.claims.frames import Frame
from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import longest_first, table, words
from geomap.claims.names import phrase
from geomap.claims.speakers import REPORT, canonical
from geomap.claims.voices import Voices
from geomap.model import Analysis, Article, Attribution, Span, Status

NO_EVIDENCE = "none provided"

_FACTS = frozenset({"after", "when", "as", "while", "because", "since"})
"""What opens a clause that tells a fact, though the one it hangs on is in doubt ("are feared dead after")."""

_NOTE_REACH = 12
"""Sentences back that "could not verify the claims" speaks of at most."""


def attribute(article: Article, analysis: Analysis) -> Callable[[Span], Attribution]:
    """Reads who speaks where in the report; the callable it returns gives any stretch its attribution.

    The innermost speaker is the one who says it; those who pass it on stand before them in the chain, the outlet
    first. What nobody else says, the outlet says itself.
    """
    return reader(grammar.read(article, analysis), analysis)


def reader(syntax: Syntax, analysis: Analysis) -> Callable[[Span], Attribution]:
    """As :func:`attribute`, for a report that is indexed already."""
    return speech(syntax, analysis).attribution


def speech(syntax: Syntax, analysis: Analysis) -> Speech:
    """Every act of saying in a report that is indexed already."""
    return Speech(syntax, tuple(copies(syntax.article)), *_frames(syntax, analysis))


@dataclass(frozen=True, slots=True)
class Speech:
    """Who says what in one report: ``frames`` are its acts of saying, by the number of the sentence they reach."""

    syntax: Syntax
    copied: Sequence[Copy]
    voices: Voices
    frames: Mapping[int, Sequence[Frame]]
    unverified: frozenset[int]
    no_evidence: frozenset[int]

    def path(self, span: Span) -> list[Frame]:
        """The acts of saying that the words in ``span`` are told by, the outermost first."""
        if not self.syntax.tokens:
            return []
        return _nested([frame for frame in self.frames.get(self._number(span), ()) if frame.covers(span)])

    def _number(self, span: Span) -> int:
        """The number of the sentence that ``span`` begins in."""
        return self.syntax.sentence_of[min(self.syntax.at(span.start), len(self.syntax.tokens) - 1)]

    def attribution(self, span: Span) -> Attribution:
        """The attribution of the words in ``span``."""
        return self.told(span, self.path(span))

    def told(self, span: Span, path: Sequence[Frame]) -> Attribution:
        """The attribution of the words in ``span`` where ``path`` tells them; the outlet does where it is empty."""
        outlet = self.syntax.article.outlet or REPORT
        if not self.syntax.tokens:
            return Attribution(outlet, (outlet,))
        number = self._number(span)
        evidence = NO_EVIDENCE if number in self.no_evidence else None
        printed = [copy.outlet for copy in self.copied if copy.span.covers(span)]
        if not path:
            status = Status.UNVERIFIED if self._doubted(span) else Status.REPORTED
            chain = _distinct([outlet, *printed])
            return Attribution(chain[-1], chain, None, status, evidence=evidence)
        inner = path[-1]
        via = [name for frame in path for name in (*frame.via, frame.speaker)][:-1]
        chain = _distinct([outlet, *printed, *via, inner.speaker])
        status = inner.status
        if self._refuted(span):
            status = Status.DENIED
        elif status in {Status.CLAIMED, Status.REPORTED} and (number in self.unverified or self._doubted(span)):
            status = Status.UNVERIFIED
        office = self.voices.post(inner.speaker)
        return Attribution(inner.speaker, chain, inner.cue, status, inner.core, evidence, office)

    def _refuted(self, span: Span) -> bool:
        """Whether the words are what "reports that ... were false" calls false."""
        syntax = self.syntax
        index = syntax.at(span.start)
        for above in (index, *syntax.ancestors(index)):
            token = syntax.tokens[above]
            if token.lemma.lower() in words("attribution", "refuting", "nouns") and token.dep in {"nsubj", "nsubjpass"}:
                return any(
                    syntax.tokens[each].text.lower() in words("attribution", "refuting", "words")
                    for each in syntax.children[token.head]
                )
        return False

    def _doubted(self, span: Span) -> bool:
        """Whether the clause round ``span`` leaves open what it says ("reportedly", "may have been", "was said to")."""
        syntax = self.syntax
        doubt, modals = words("attribution", "doubt", "words"), words("attribution", "doubt", "modals")
        passive = words("attribution", "doubt", "passive")
        inside = syntax.within(span)
        heads = {syntax.clause_of[each] for each in inside}
        for head in list(heads):
            heads.update(self._raised(head))
        for head in heads:
            lemma = syntax.tokens[head].lemma.lower()
            for child in (head, *syntax.children[head]):
                token = syntax.tokens[child]
                if token.text.lower() in doubt or (
                    token.dep == "aux" and token.lemma.lower() in modals and token.tag == "MD"
                ):
                    return True
            if lemma == "report" and not self._reports_as(head):
                continue  # "no one was reported hurt", "a blast was reported at noon"
            if lemma in passive and syntax.is_passive(head) and syntax.child(head, "agent") is None:
                return True
        return any(syntax.tokens[each].text.lower() in doubt for each in inside)

    def _reports_as(self, verb: int) -> bool:
        """Whether "was reported" has what was reported behind it ("to have"); one is always reported missing."""
        syntax = self.syntax
        if any(syntax.tokens[c].text.lower() in {"missing", "one"} for c in syntax.children[verb]):
            return False
        return syntax.child(verb, "xcomp", "ccomp", "oprd", "acomp", "attr") is not None

    def _raised(self, head: int) -> Iterator[int]:
        """The verbs that a clause hangs on as their complement: "is said to have", "was believed to be"."""
        for _ in range(4):
            token = self.syntax.tokens[head]
            if token.dep not in {"xcomp", "ccomp", "acl", "advcl", "conj"} or token.head == head:
                return
            feared = self.syntax.tokens[token.head].lemma.lower() == "fear"
            if feared and any(self.syntax.tokens[c].text.lower() in _FACTS for c in self.syntax.children[head]):
                return
            if token.dep in {"conj", "ccomp"} and self.syntax.child(head, "nsubj", "nsubjpass") is not None:
                return
            head = self.syntax.clause_of[token.head]
            yield head


def _nested(covering: Sequence[Frame]) -> list[Frame]:
    """Frames from the outermost to the innermost: one is inside another when its cue lies in what the other says."""

    def depth(frame: Frame) -> tuple[int, int]:
        outside = sum(1 for other in covering if other is not frame and other.covers(frame.core))
        return outside, -sum(part.end - part.start for part in frame.scope)

    ordered = sorted(covering, key=depth)
    inner = ordered[-1:]
    return [frame for frame in ordered[:-1] if inner and frame.covers(inner[0].core)] + inner


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Names in order, each voice once: the place nearest to the speaker is kept."""
    kept: dict[str, str] = {}
    for name in reversed(names):
        kept.setdefault(canonical(name), name)
    return tuple(reversed(kept.values()))


def _frames(
    syntax: Syntax, analysis: Analysis
) -> tuple[Voices, Mapping[int, Sequence[Frame]], frozenset[int], frozenset[int]]:
    voices = Voices(syntax, analysis)
    cues = [frames.cues(syntax, sentence) for sentence in syntax.sentences]
    voices.survey([cue.noun for each in cues for cue in each if cue.noun is not None])
    found: dict[int, list[Frame]] = defaultdict(list)
    for number, sentence in enumerate(syntax.sentences):
        found[number] += frames.build(syntax, sentence, cues[number], voices)
        told = retold.account(syntax, number)
        voice = voices.settle(told.noun) if told else None
        if told and voice:
            core = syntax.span(*phrase(syntax, told.noun))
            frame = Frame((told.scope(syntax),), core, voice.name, "say", Status.CLAIMED)
            for each in told.reach:
                found[each].append(frame)
    _carry(syntax, found)
    return voices, found, _noted(syntax, "unverified"), _noted(syntax, "no_evidence")


def _carry(syntax: Syntax, found: dict[int, list[Frame]]) -> None:
    """Carry a speaker over the whole of a quotation that runs over several sentences."""
    starts = [sentence.span.start for sentence in syntax.sentences]
    before: Frame | None = None
    for quotation in quotations.quotations(syntax.article):
        first = max(bisect_left(starts, quotation.span.start + 1) - 1, 0)
        last = max(bisect_left(starts, quotation.span.end) - 1, first)
        if first >= len(starts):
            break
        frame = _beside(syntax, found, quotation, first, last) or _continued(syntax, quotation, before)
        before = frame
        if frame is None or first == last == _sentence(syntax, frame):
            continue
        widened = replace(frame, scope=(*frame.scope, quotation.span))
        for number in range(first, last + 1):
            if number == _sentence(syntax, frame):
                found[number] = [widened if each.core == frame.core else each for each in found[number]]
            else:
                found[number] = [*found[number], widened]


def _sentence(syntax: Syntax, frame: Frame) -> int:
    return syntax.sentence_of[syntax.at(frame.core.start)]


def _continued(syntax: Syntax, quotation: quotations.Quotation, before: Frame | None) -> Frame | None:
    """The speaker of the quotation before, where this one opens the next paragraph and names nobody."""
    if before is None or not quotation.opened:
        return None
    text = syntax.article.text
    opens = text[: quotation.span.start].endswith("\n") or quotation.span.start == syntax.article.body
    return before if opens and syntax.at(quotation.span.start) < len(syntax.tokens) else None


def _beside(
    syntax: Syntax, found: Mapping[int, Sequence[Frame]], quotation: quotations.Quotation, first: int, last: int
) -> Frame | None:
    """The speaker named next to a quotation: after its closing mark, before its opening one, or between its parts."""
    text = syntax.article.text
    for frame in found.get(last, ()):
        if frame.core.start >= quotation.span.end and not re.search(
            r"[.!?;]\s", text[quotation.span.end : frame.core.start]
        ):
            return frame
    if not quotation.opened:
        return next((frame for frame in reversed(found.get(first, ())) if frame.core.start < quotation.span.end), None)
    for frame in reversed(found.get(first, ())):
        if frame.core.end <= quotation.span.start:
            return frame
    if first and syntax.sentences[first].span.start >= quotation.span.start - 1:
        lead = text[syntax.sentences[first - 1].span.start : quotation.span.start].rstrip()
        resumed = last > first or quotation.span.end - quotation.span.start > 20
        if lead.endswith(":") or (resumed and lead.endswith(("”", '"', ".")) and _same_paragraph(syntax, first)):
            return next(iter(reversed(found.get(first - 1, ()))), None)
    return None


def _same_paragraph(syntax: Syntax, number: int) -> bool:
    return syntax.sentences[number].paragraph == syntax.sentences[number - 1].paragraph


@cache
def _notes(kind: str) -> re.Pattern[str]:
    return re.compile(
        r"\b(?:" + "|".join(map(re.escape, longest_first(table("attribution")["notes"][kind]))) + r")\b", re.IGNORECASE
    )


def _noted(syntax: Syntax, kind: str) -> frozenset[int]:
    """The sentences of which the report says, there or right after, that they are unverified or lack evidence."""
    marked: set[int] = set()
    for found in _notes(kind).finditer(syntax.article.text, syntax.article.body):
        if not syntax.tokens:
            break
        number = syntax.sentence_of[min(syntax.at(found.start()), len(syntax.tokens) - 1)]
        sentence = syntax.sentences[number]
        marked.add(number)
        if _has_claim_before(syntax, sentence.first, syntax.at(found.start())):
            continue
        paragraph = sentence.paragraph
        if number and syntax.sentences[number - 1].paragraph == paragraph:
            marked.add(number - 1)
            back = number - 2
            while (
                kind == "unverified"
                and "claims" in found.string[sentence.span.start : found.start()].lower()
                and back >= max(0, number - _NOTE_REACH)
                and syntax.sentences[back].paragraph == paragraph
            ):
                marked.add(back)
                back -= 1
        elif number:
            back = number - 1
            earlier = syntax.sentences[back].paragraph
            while back >= max(0, number - _NOTE_REACH) and syntax.sentences[back].paragraph == earlier:
                marked.add(back)
                back -= 1
    return frozenset(marked)


def _has_claim_before(syntax: Syntax, first: int, last: int) -> bool:
    """Whether the note's own sentence already makes the claim it speaks of ("claimed, without evidence, that")."""
    saying = words("attribution", "verbs", "claimed")
    return any(
        syntax.tokens[i].lemma.lower() in saying and syntax.tokens[i].pos == "VERB" and not syntax.is_passive(i)
        for i in range(first, last)
    )
