"""Who speaks: the noun phrase beside a cue, taken apart, and what "it", "the ministry" or "Gladkov" stands for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geomap.claims import persons
from geomap.claims.acronyms import spelled
from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import words
from geomap.claims.names import outlet_name, phrase, proper_name
from geomap.claims.speakers import canonical, display, is_outlet, is_person, nation
from geomap.model import Analysis, Span

PERSON, BODY, OUTLET, MEDIUM, STATEMENT, PRONOUN = "person", "body", "outlet", "medium", "statement", "pronoun"

_LOOK_BACK = 250
"""Tokens back to which "the agency" may refer."""

_LONGEST_DESCRIPTION = 5
"""Words of the longest description that is taken for a speaker's name."""

_KNOWN = frozenset({"the", "his", "her", "its", "their"})
"""What stands before a body that was named before."""

_PRONOUNS = {"he": PERSON, "she": PERSON, "it": BODY, "they": BODY}


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker as one place in the report has it: the name to show, its kind, and the words that may recall it.

    ``office`` is what stands with a person's name, word by word ("district", "magistrate").
    """

    at: int
    name: str
    kind: str
    recalls: frozenset[str] = frozenset()
    span: Span | None = None
    named: bool = False
    office: tuple[str, ...] = ()


class Voices:
    """The report's speakers in order of appearance; asked in that order, it settles pronouns and short forms."""

    def __init__(self, syntax: Syntax, analysis: Analysis) -> None:
        self._syntax = syntax
        self._persons, self._surnames = persons.names(analysis, syntax)
        self._posts = persons.posts(syntax, self._persons)
        self._spelled = spelled(syntax.article.text)
        self._passed: dict[int, str] = {}
        self._bodies: list[Voice] = []
        self._bodies_at: list[int] = []
        self._holders: list[Voice] = []
        self._outlets: list[Voice] = []
        self._heard: list[Voice] = []

    def survey(self, heads: Sequence[int]) -> None:
        """Take note of every full name among the noun phrases that speak anywhere in the report."""
        for head in heads:
            voice = self.read(head)
            if voice.kind in {BODY, OUTLET} and voice.named:
                self._bodies.append(voice)
            elif voice.kind == PERSON and len(voice.recalls) > 1:
                self._holders.append(voice)
        self._bodies_at = [voice.at for voice in self._bodies]

    def read(self, head: int) -> Voice:
        """The noun phrase round token ``head`` as a speaker, as it stands."""
        syntax = self._syntax
        token = syntax.tokens[head]
        lower = token.text.lower()
        if token.pos == "PRON" and lower in {*_PRONOUNS, "who", "which", "i", "we", "you", "this", "that"}:
            return Voice(head, lower, PRONOUN, span=syntax.span(head, head))
        person = self._person(head)
        if person:
            return person
        owner = self._owner(head) if token.lemma.lower() in words("attribution", "statements", "words") else None
        if owner is not None:
            return self.read(owner)
        first, last = phrase(syntax, head)
        proper = proper_name(syntax, head)
        text = outlet_name(syntax, head, first, last) or proper or display(syntax.text(first, last))
        text = text if is_outlet(text) else self._spelled.get(text, text)
        span = syntax.span(first, last)
        recalls = frozenset(re.findall(r"\w+", canonical(text)))
        named = bool(proper)
        if proper:
            recalls |= frozenset(re.findall(r"\w+", canonical(syntax.text(first, last))))
        if token.lemma.lower() in words("attribution", "statements", "words") and len(text.split()) == 1:
            return Voice(head, text, STATEMENT, recalls, span)
        if token.lemma.lower() in words("attribution", "media", "words"):
            return Voice(head, text, MEDIUM, recalls, span)
        kind = OUTLET if is_outlet(text) or is_outlet(syntax.text(first, last)) else BODY
        named = named or any(
            syntax.tokens[each].pos == "PROPN" or nation(syntax.tokens[each].text) for each in range(first, last + 1)
        )
        return Voice(head, text, kind, recalls, span, named)

    def post(self, name: str) -> str | None:
        """The office that the report gives a person of that name, in its fullest words."""
        return self._posts.get(name) or None

    def _person(self, head: int) -> Voice | None:
        """A person where the phrase names one: as its head, or set beside it ("the mayor, Ana Lopes")."""
        syntax = self._syntax
        beside = [each for each in syntax.children[head] if syntax.tokens[each].dep == "appos"]
        behind = phrase(syntax, head)[1] + 2
        if (
            behind < len(syntax.tokens)
            and syntax.tokens[behind - 1].text == ","
            and behind in self._persons
            and self._persons[behind][2] == behind
        ):
            beside.append(behind)
        apposed = self._apposed(head, behind)
        if apposed:
            return apposed
        for each in (head, *beside):
            found = self._persons.get(each) or self._by_surname(each) or self._by_office(each) or self._behind(each)
            if found is None:
                continue
            first, last = phrase(syntax, head)
            if each == behind and not any(
                syntax.tokens[i].lemma.lower() in persons.offices() for i in range(first, last + 1)
            ):
                continue
            office = self._office((*range(first, last + 1), *(j for b in beside for j in syntax.subtree(b))), found[0])
            recalls = frozenset(w for w in office if w in words("attribution", "speakers", "offices"))
            recalls |= {found[0].split()[-1].lower()}
            return Voice(head, found[0], PERSON, recalls, found[1], named=True, office=office)
        return None

    def _apposed(self, head: int, behind: int) -> Voice | None:
        """The capitalised name behind an office and a comma ("the mayor of X, Teresa Pinto") where none was marked."""
        syntax = self._syntax
        if (
            syntax.tokens[head].lemma.lower() not in persons.offices()
            or behind in self._persons
            or behind >= len(syntax.tokens)
        ):
            return None
        last = behind
        while last + 1 < len(syntax.tokens) and (
            syntax.tokens[last + 1].pos == "PROPN" or syntax.tokens[last + 1].text == "-"
        ):
            last += 1
        named = syntax.tokens[behind].pos == "PROPN" and syntax.tokens[last].text != "-"  # "Oslo-based" is no name
        if syntax.tokens[behind - 1].text != "," or not named or not 1 <= last - behind <= 5:
            return None
        start = behind + persons.honoured(syntax, range(behind, last + 1))
        name = syntax.text(start, last)
        recalls = frozenset({name.split()[-1].lower(), syntax.tokens[head].lemma.lower()})
        self._surnames.setdefault(name.split()[-1].lower(), name)
        first, _ = phrase(syntax, head)
        office = self._office((*range(first, head + 1), *range(behind, start)), name)
        return Voice(head, name, PERSON, recalls, syntax.span(start, last), named=True, office=office)

    def _office(self, inside: Iterable[int], name: str) -> tuple[str, ...]:
        """The words that say what a person is, without his name."""
        return persons.telling((self._syntax.tokens[i] for i in inside), name)

    def _by_surname(self, head: int) -> tuple[str, Span, int] | None:
        """A surname alone, of somebody named in full elsewhere in the report."""
        name = self._surnames.get(self._syntax.tokens[head].text.lower(), "")
        if " " in name and self._syntax.tokens[head].text[:1].isupper():
            return name, self._syntax.span(head, head), head
        return None

    def _by_office(self, head: int) -> tuple[str, Span, int] | None:
        """Capitalised words behind an office: "Harbour Master Tom Reed" where no name was marked."""
        syntax = self._syntax
        first, last = phrase(syntax, head)
        if syntax.tokens[head].pos != "PROPN" or last != head:
            return None
        offices = [i for i in range(first, head) if persons.is_title(syntax.tokens[i].text)]
        if not offices or not 1 <= head - offices[-1] <= 3:
            return None
        if any(
            syntax.tokens[i].text.lower() in words("attribution", "speakers", "bodies")
            for i in range(offices[-1] + 1, head + 1)
        ):
            return None
        return syntax.text(offices[-1] + 1, head), syntax.span(offices[-1] + 1, head), offices[-1] + 1

    def _behind(self, head: int) -> tuple[str, Span, int] | None:
        """The name that ends an office's phrase where it hangs on what the office is for.

        "Minister of Health Ana Lopes", "the transport ministry's Ana Lopes".
        """
        syntax = self._syntax
        first, last = phrase(syntax, head)
        start = last
        while (
            start > first and syntax.tokens[start - 1].pos == "PROPN" and not persons.is_field(syntax.tokens[start - 1])
        ):
            start -= 1
        before = syntax.tokens[start - 1] if start > first else None
        if before is None or any(
            syntax.tokens[i].pos != "PROPN" or persons.is_field(syntax.tokens[i]) for i in (start, last)
        ):
            return None
        name = syntax.text(start, last)
        of_office = persons.is_field(before) and any(
            persons.is_title(syntax.tokens[i].text) for i in range(first, start)
        )
        of_body = before.tag == "POS" and syntax.tokens[start - 2].lemma.lower() in words(
            "attribution", "speakers", "bodies"
        )
        if not (of_office or of_body) or not is_person(name):
            return None
        return name, syntax.span(start, last), start

    def _owner(self, head: int) -> int | None:
        """Whose statement it is: "a statement from the mine's owner", "the ministry's statement"."""
        syntax = self._syntax
        for child in syntax.children[head]:
            token = syntax.tokens[child]
            if token.dep == "poss" and token.pos in {"NOUN", "PROPN"}:
                return child
            if token.dep == "prep" and token.lemma in {"by", "from"}:
                return syntax.child(child, "pobj")
            if (
                token.dep == "acl"
                and token.tag == "VBN"
                and token.lemma.lower() not in {"see", "obtain", "review", "quote"}
            ):
                agent = syntax.child(child, "agent")
                return syntax.child(agent, "pobj") if agent is not None else None
            if token.dep in {"compound", "nmod"} and token.lemma.lower() in words("attribution", "speakers", "bodies"):
                return child
        return None

    def passed_on(self, head: int) -> tuple[str, ...]:
        """The outlet through which the statement behind token ``head`` was had, where that was said before."""
        name = self._passed.get(head)
        return (name,) if name else ()

    def settle(self, head: int, *, remember: bool = True) -> Voice | None:
        """Who the noun phrase round ``head`` stands for, in the light of who spoke before, if anybody."""
        voice = self.read(head)
        found: Voice | None = voice
        if voice.kind == PRONOUN:
            kind = _PRONOUNS.get(voice.name)
            found = (self._beside(head, kind) or self._recent(kind)) if kind else None
        elif voice.kind == STATEMENT:
            found = self._stated(head) or voice
        elif voice.kind == BODY:
            found = self._recalled(voice)
        elif voice.kind == OUTLET and not voice.named:
            found = self._outlets[-1] if self._outlets else voice
        if found is not None and found.kind == OUTLET and found.named:
            self._outlets.append(found)
            del self._outlets[:-5]
        if found is not None and remember:
            self._heard.append(found)
            del self._heard[:-40]  # no pronoun reaches further back
        return found

    def _stated(self, head: int) -> Voice | None:
        """Who made the statement spoken of: the last speaker who is not merely the outlet that passed it on."""
        if not self._heard:
            return None
        near = self._heard[-3:]
        source = next((voice for voice in reversed(near) if voice.kind in {PERSON, BODY}), self._heard[-1])
        if self._heard[-1].kind == OUTLET and source is not self._heard[-1]:
            self._passed[head] = self._heard[-1].name
        return source

    def _beside(self, head: int, kind: str) -> Voice | None:
        """Who "it" is when its own sentence named a body just before ("the council gave a figure: it said")."""
        syntax = self._syntax
        if kind != BODY:
            return None
        for index in range(head - 1, syntax.sentence(head).first - 1, -1):
            token = syntax.tokens[index]
            if token.dep == "nsubj" and token.lemma.lower() in words("attribution", "speakers", "bodies"):
                return self._recalled(self.read(index))
        return None

    def _recent(self, kind: str) -> Voice | None:
        kinds = {kind} if kind == PERSON else {BODY, OUTLET, STATEMENT}
        near = next((voice for voice in reversed(self._heard) if voice.kind in kinds), None)
        return near or (self._heard[-1] if self._heard else None)

    def _recalled(self, voice: Voice) -> Voice:
        """The full name behind a short form: "the ministry", "the defence ministry", "the governor"."""
        holder = self._holder(voice)
        if holder:
            told = persons.post(self._syntax, *phrase(self._syntax, voice.at), voice.at)
            self._posts[holder.name] = max(self._posts.get(holder.name, ""), told, key=len)
            return holder
        if voice.named and any(nation(word) for word in voice.name.split()):
            return voice
        short = voice.recalls - {"the", "of", "s"}
        proper = self._syntax.tokens[voice.at].pos == "PROPN"
        if not proper and not short & words("attribution", "speakers", "bodies"):
            return self._described(voice)
        cut = bisect_right(self._bodies_at, voice.at)
        earlier = (each for each in reversed(self._bodies[max(0, cut - 60) : cut]))
        for each in (*earlier, *self._bodies[cut : cut + 60]):
            if short < each.recalls and each.name != voice.name:
                return Voice(voice.at, each.name, each.kind, each.recalls, voice.span, named=True)
        if voice.name.lower() in words("attribution", "speakers", "generic"):
            known = [each for each in self._heard[-6:] if each.kind == BODY and each.named]
            if known:
                return known[-1]
        return self._described(self._with_nation(voice))

    def _holder(self, voice: Voice) -> Voice | None:
        """Who holds the office of "the governor", "Kosovo's interior minister" or "the DM", where the report names him.

        He who spoke last, else who will first.
        """
        first, last = phrase(self._syntax, voice.at)
        tokens = [self._syntax.tokens[i] for i in range(first, last + 1)]
        said = persons.telling(tokens)
        head = self._syntax.tokens[voice.at]
        if head.tag not in {"NN", "NNP"} or not persons.is_office(head):
            return None
        known = tokens[0].text.lower() in {"the", "its", "their"} or any(token.tag == "POS" for token in tokens)
        if not known:
            return None
        later = (each for each in self._holders if each.at > voice.at)
        people = [each for each in (*reversed(self._heard), *later) if each.kind == PERSON]
        initials = head.text.lower() if len(said) == 1 and head.text.isupper() and not nation(head.text) else ""
        if len(initials) >= persons.ACRONYM:
            return next((each for each in people if initials in "".join(word[0] for word in each.office)), None)
        return next((each for each in people if persons.is_of(each.office, said)), None)

    def _described(self, voice: Voice) -> Voice:
        """The fuller words for "the agency", where the report gave them before (an "emergency agency")."""
        syntax = self._syntax
        token = syntax.tokens[voice.at]
        first, _ = phrase(syntax, voice.at)
        bodies = words("attribution", "speakers", "bodies")
        if (
            " " in voice.name
            or token.lemma.lower() not in bodies
            or syntax.tokens[first].text.lower() not in _KNOWN
            or token.pos != "NOUN"
        ):
            return voice
        for each in range(first - 1, max(-1, first - _LOOK_BACK), -1):
            other = syntax.tokens[each]
            if other.lemma.lower() != token.lemma.lower() or other.dep in {"compound", "nmod", "poss"}:
                continue
            name = display(syntax.text(*phrase(syntax, each)))
            if 1 < len(name.split()) <= _LONGEST_DESCRIPTION and name.lower().endswith(token.text.lower()):
                return Voice(voice.at, name, voice.kind, voice.recalls, voice.span, named=voice.named)
        return voice

    def _tells(self, adjective: int) -> bool:
        """Whether a country's adjective stands with others who speak ("Russian agencies, citing the ministry")."""
        head = self._syntax.tokens[self._syntax.tokens[adjective].head].lemma.lower()
        speakers = words("attribution", "speakers", "bodies") | words("attribution", "speakers", "unnamed")
        return head in speakers | words("attribution", "outlets", "words")

    def _with_nation(self, voice: Voice) -> Voice:
        """A ministry without a country takes the country named last before it in its sentence."""
        if not voice.name.lower().endswith(("ministry", "department", "army", "military", "navy")) or nation(
            voice.name.split()[0]
        ):
            return voice
        first = self._syntax.sentence(voice.at).first
        for each in (*range(voice.at, first - 1, -1), *range(voice.at + 1, self._syntax.sentence(voice.at).last)):
            found = nation(self._syntax.tokens[each].text)
            if found and found.lower() == self._syntax.tokens[each].text.lower() and self._tells(each):
                name = display(f"{found} {voice.name}")
                return Voice(voice.at, name, BODY, voice.recalls | {found.lower()}, voice.span, named=True)
        return voice
