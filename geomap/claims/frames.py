"""The places in a report where somebody is said to say something: cue, speaker, and the words it covers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import classes, table, words
from geomap.claims.names import is_reflexive, outlet_name, phrase
from geomap.claims.persons import is_office
from geomap.claims.scopes import Cue
from geomap.claims.scopes import scope as scope_of
from geomap.claims.speakers import display, is_outlet
from geomap.claims.tellers import left_edge, speaks, teller, tells
from geomap.claims.voices import MEDIUM, OUTLET, Voice, Voices
from geomap.datelines import dateline_end
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


def cues(syntax: Syntax, sentence: Sentence) -> list[Cue]:
    """The cues of one sentence, in order."""
    found = [*_verbs(syntax, sentence), *_phrases(syntax, sentence), *_colons(syntax, sentence)]
    return sorted(found, key=lambda cue: cue.first)


def _colons(syntax: Syntax, sentence: Sentence) -> Iterator[Cue]:
    """Who opens a sentence before a colon, "Police: the cable was in place"; "Captain: Ana Reyes, 52" is a name."""
    opens = dateline_end(syntax.article.text, sentence.span.start)
    if syntax.article.text.endswith(
        (":", ": "), sentence.span.start, opens
    ):  # "NATO: two are hurt" has the form of a dateline
        opens = sentence.span.start
    first = next((i for i in range(sentence.first, sentence.last) if syntax.tokens[i].start >= opens), sentence.last)
    reach = range(first, min(first + _LONGEST_SPEAKER, sentence.last))
    colon = next((i for i in reach if syntax.tokens[i].text == ":"), first)
    before = range(first, colon)
    if not before or any(syntax.tokens[i].pos in {"VERB", "AUX", "NUM", "SCONJ"} for i in before):
        return
    head, behind = syntax.head(before), [syntax.tokens[i] for i in range(colon + 1, sentence.last)]
    told = any(token.pos in {"VERB", "AUX"} for token in behind)
    if not told and syntax.tokens[head].entity != "PERSON" and not is_office(syntax.tokens[head]):
        told = any(token.pos == "NUM" for token in behind)
    if told and speaks(syntax, head):
        yield Cue(first, colon, head, ":", "inner")


_LONGEST_SPEAKER = 10
"""Words, the colon counted, of the longest speaker before one."""


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
        first = left_edge(syntax, min(_edge(syntax, subject), index))
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


def _is_nobodys(syntax: Syntax, noun: int) -> bool:
    """Whether a noun is what was found, and nobody who found it: "the evidence", "updated information"."""
    return syntax.tokens[noun].lemma.lower() in words("attribution", "speakers", "impersonal") or _is_early(
        syntax, noun
    )


def _is_early(syntax: Syntax, noun: int) -> bool:
    """Whether a noun is word of something that nobody is named for: "early reports", "preliminary information"."""
    known = syntax.tokens[noun].lemma.lower() in words("attribution", "speakers", "words")
    children = [syntax.tokens[each] for each in syntax.children[noun]]
    early = any(each.text.lower() in words("attribution", "speakers", "early") for each in children)
    return known and early and not any(each.dep in {"prep", "poss", "compound", "nmod"} for each in children)


@cache
def _silent() -> frozenset[str]:
    """What says nothing though it may stand as a subject: events, craft, the first person."""
    events = {noun for kind in table("events")["kind"] for noun in kind.get("nouns", [])}
    others = {"i", "we", "you", "there", "toll", "war", *words("attribution", "speakers", "impersonal")}
    return frozenset({*others, *events, *table("events")["craft"]})


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
    if not _asserts(syntax, verb):
        return None
    if syntax.is_passive(verb):
        agent = syntax.child(verb, "agent")
        return syntax.child(agent, "pobj") if agent is not None else None
    if not _is_finite(syntax, verb):
        return None
    subject = teller(syntax, verb)
    return subject if subject is not None and _may_say(syntax, verb, subject) else None


def _asserts(syntax: Syntax, verb: int) -> bool:
    """Whether a verb of saying is said to have been said: no infinitive, no negation, no "could say"."""
    auxiliaries = _auxiliaries(syntax, verb)
    if syntax.tokens[verb].tag == "VB" and not auxiliaries & {"do", "will", "would"}:
        return False
    return not syntax.is_negated(verb) and not auxiliaries & {"to", "can", "could", "may", "might", "would", "should"}


def _auxiliaries(syntax: Syntax, verb: int) -> set[str]:
    """The lemmas of a verb's auxiliaries."""
    children = (syntax.tokens[each] for each in syntax.children[verb])
    return {child.lemma.lower() for child in children if child.dep in {"aux", "auxpass"}}


_CLAUSES = frozenset({"ROOT", "conj", "ccomp", "parataxis", "advcl", "relcl"})


def _is_finite(syntax: Syntax, verb: int) -> bool:
    """Whether a verb heads a clause rather than describing a noun; a past participle needs its "have"."""
    token = syntax.tokens[verb]
    if token.dep in {"amod", "compound"} or (token.tag in {"VBG", "VBN"} and token.dep not in _CLAUSES):
        return False
    own = syntax.child(verb, "nsubj") == verb - 1  # "prosecutors alleged", however that was tagged
    return token.tag != "VBN" or own or "have" in _auxiliaries(syntax, verb)


def _may_say(syntax: Syntax, verb: int, subject: int) -> bool:
    """Whether a subject and a verb make an act of saying: people say, pictures show, some verbs need what is said."""
    token, lemma = syntax.tokens[subject], syntax.tokens[verb].lemma.lower()
    if token.text.lower() in {"nobody", "none"} or syntax.child(subject, "neg") is not None:
        return False
    if any(syntax.tokens[child].text.lower() == "no" for child in syntax.children[subject]):
        return False
    if token.dep == "nsubjpass" or token.entity in _MEASURES:
        return False
    if token.pos != "PROPN" and (token.lemma.lower() in _silent() or _is_early(syntax, subject)):
        return False
    if not tells(syntax, verb):
        return False
    if lemma == "speak":
        return _speaks_of_number(syntax, verb)
    thing = syntax.child(verb, "dobj", "ccomp")
    if lemma in words("attribution", "verbs", "bare") and (thing is None or is_reflexive(syntax, thing)):
        return False
    return (lemma in words("attribution", "verbs", "reported")) == _is_medium(syntax, subject)


_MEASURES = frozenset({"DATE", "TIME", "MONEY", "QUANTITY", "PERCENT"})


def _speaks_of_number(syntax: Syntax, verb: int) -> bool:
    """Whether "spoke of" gives a figure: "spoke of 17 dead"."""
    of = next((c for c in syntax.children[verb] if c > verb and syntax.tokens[c].text.lower() == "of"), None)
    return of is not None and any(syntax.tokens[i].pos == "NUM" for i in syntax.subtree(of))


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
            if noun is None or _is_nobodys(syntax, noun):
                continue
            if parts != ("per",) or syntax.tokens[noun].pos == "PROPN":
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
    fronted: Voice | None = None
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
            if cue.first == sentence.first:
                fronted = voice  # "Citing the ministry, agencies said"
                continue
        if cue.how == "outer" and frames:
            frames[-1] = replace(frames[-1], via=(voice.name, *frames[-1].via))
            continue
        scope = scope_of(syntax, sentence, cue, found)
        if not scope:
            continue
        quoting = syntax.child(cue.first, "nsubj") if cue.how == "source" else None
        through = voices.settle(quoting) if quoting is not None else None
        via = (*([through.name] if through else []), *voices.passed_on(cue.noun), *_via(syntax, cue))
        frame = Frame(scope, syntax.span(cue.first, cue.last), voice.name, cue.lemma, _status(cue, voice), via)
        frame = _with_source(syntax, frame, cue, found, voices)
        if fronted is not None and cue.how == "verb":
            frame, fronted = _sourced(frame, fronted, frame.core), None
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
