"""Which stretches of a report tell of another event than its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import words
from geomap.claims.others import alike
from geomap.claims.saying import is_speech
from geomap.claims.triggers import Trigger, craft_of, lexicon


@dataclass(frozen=True, slots=True)
class Judge:
    """Sets clauses apart, one by one and as paragraphs turn.

    ``family``, ``crafts`` and ``lead`` are the report's own event; ``marked`` are clauses with words that set them
    apart, ``dated`` those of an earlier day, ``old`` of one long before, ``current`` of the event's own.
    """

    syntax: Syntax
    family: str
    crafts: frozenset[str]
    lead: Sequence[Trigger]
    marked: frozenset[int]
    dated: frozenset[int]
    old: frozenset[int]
    current: frozenset[int]
    others: frozenset[int] = frozenset()
    """Sentences that tell of something else from end to end."""

    def apart(self, by_sentence: Mapping[int, Sequence[Trigger]]) -> frozenset[int]:
        """The clauses that tell of another event; a paragraph that has turned to one stays there."""
        found: set[int] = set()
        paragraph, turned = -1, False
        latest: dict[str, bool] = {}
        for number, sentence in enumerate(self.syntax.sentences):
            if sentence.paragraph != paragraph:
                paragraph, turned = sentence.paragraph, False
            clauses = list(dict.fromkeys(self.syntax.clause_of[sentence.first : sentence.last]))
            own = self._own(clauses, by_sentence.get(number, ()), latest)
            turned = turned and not any(clause in self.current for clause in clauses)
            if turned or number in self.others:
                turned = True
                found.update(clauses)
                latest.update((t.family, True) for t in by_sentence.get(number, ()))
                continue
            eventful = {self.syntax.clause_of[t.index] for t in by_sentence.get(number, ())}
            own |= self._inherited(clauses, own, self.dated & eventful)
            own |= {self.syntax.clause_of[self.syntax.tokens[c].head] for c in own if self._sets_time(c)} - self.current
            found |= own
            for trigger in by_sentence.get(number, ()):
                latest[trigger.family] = self.syntax.clause_of[trigger.index] in own
            told = [t for t in by_sentence.get(number, ()) if t.family != "any"]
            heads = {self.syntax.clause_of[t.index] for t in told}
            main = [clause for clause in clauses if self.syntax.tokens[clause].dep == "ROOT" or clause in heads]
            turned = bool(own) and all(clause in own for clause in main if not is_speech(self.syntax, clause))
        return frozenset(found)

    def _own(self, clauses: Sequence[int], triggers: Sequence[Trigger], latest: Mapping[str, bool]) -> set[int]:
        """Clauses set apart by their own words; ``latest`` says of each family whether its last event was set apart."""
        told = {self.syntax.clause_of[t.index] for t in triggers}
        told -= {self.syntax.clause_of[t.index] for t in triggers if self._is_its_own(t)} - self.old
        marked = self.marked - {clause for clause in clauses if self._describes(clause)}
        found = {clause for clause in clauses if clause in marked or (clause in self.dated and clause in told)}
        recalled = {
            t
            for t in triggers
            if t.noun and t.family not in {self.family, "any"} and latest.get(t.family) and t not in self.lead
        }
        return found | {self.syntax.clause_of[t.index] for t in triggers if t in recalled or self._other(t)}

    def _describes(self, clause: int) -> bool:
        """Whether a clause says of the report's own event what it is ("the launch was the third this year")."""
        if self.syntax.tokens[clause].lemma.lower() not in words("events", "background", "telling"):
            return False
        subject = self.syntax.child(clause, "nsubj")
        if subject is None or not any(
            self.syntax.tokens[c].text.lower() == "the" for c in self.syntax.children[subject]
        ):
            return False
        kind = lexicon().nouns.get(self.syntax.tokens[subject].lemma.lower(), "")
        return lexicon().families.get(kind) in {self.family, "any"} and self.syntax.tokens[subject].tag == "NN"

    def _is_its_own(self, trigger: Trigger) -> bool:
        """Whether the report's own event is the subject ("the fire started on")."""
        if trigger.noun or trigger.family != self.family or trigger.plural:
            return False
        subject = self.syntax.subject(trigger.index)
        if subject is not None and self._is_its_craft(trigger, subject):
            return True
        return (
            subject is not None
            and lexicon().families.get(lexicon().nouns.get(self.syntax.tokens[subject].lemma.lower(), ""))
            == self.family
            and self._is_definite(trigger)
        )

    def _is_its_craft(self, trigger: Trigger, subject: int) -> bool:
        """Whether the craft of the report's own event is the subject again ("it capsized", "the bus fell")."""
        if not trigger.crafts & frozenset(t for each in self.lead for t in each.crafts):
            return False
        return self.syntax.tokens[subject].text.lower() == "it" or self._is_definite(trigger)

    def _sets_time(self, clause: int) -> bool:
        """Whether a clause set apart dates the one it hangs on: "17,000 died when a quake struck in 1999"."""
        token = self.syntax.tokens[clause]
        if token.dep == "ccomp" and clause < token.head:
            return not is_speech(self.syntax, token.head)
        return token.dep == "advcl" and any(
            self.syntax.tokens[c].text.lower() == "when" for c in self.syntax.children[clause]
        )

    def _inherited(self, clauses: Sequence[int], own: set[int], dated: frozenset[int]) -> set[int]:
        """Clauses that hang on one set apart; what somebody says hangs on nothing."""
        found: set[int] = set()
        for clause in clauses:
            here = clause
            for _ in range(6):
                token = self.syntax.tokens[here]
                if token.head == here or is_speech(self.syntax, here) or here in self.current:
                    break
                here = self.syntax.clause_of[token.head] if self.syntax.clause_of[token.head] != here else token.head
                if (here in own or here in (dated if token.dep == "conj" else self.dated)) and not is_speech(
                    self.syntax, here
                ):
                    found.add(clause)
                    break
        return found

    def _other(self, trigger: Trigger) -> bool:
        """Whether a trigger by itself tells of another event than the report's."""
        if trigger in self.lead or not self.family:
            return False
        if self._is_another(trigger):
            return True
        if trigger.family in {"any", "deaths", "exchange"}:
            return False
        if trigger.family != self.family and trigger.family not in lexicon().related.get(self.family, frozenset()):
            return True
        if trigger.crafts and self.crafts and not any(alike(a, b) for a in trigger.crafts for b in self.crafts):
            return not self._is_definite(trigger)
        if self.syntax.tokens[trigger.index].lemma.lower() in words("events", "background", "masses"):
            return False
        plural_lead = any(t.plural for t in self.lead)
        return trigger.plural and not plural_lead and not self._is_definite(trigger)

    def _is_another(self, trigger: Trigger) -> bool:
        """Whether "another", "previous", "a second" or the like stands before the event or its craft."""
        if trigger.family == "deaths":
            return False  # "another nine were hurt" is of the same event
        syntax = self.syntax
        near = [trigger.index] if trigger.noun else []
        if not trigger.noun:
            subject = syntax.subject(trigger.index)
            thing = syntax.child(trigger.index, "dobj")
            near += [subject] if subject is not None else []
            near += [thing] if thing is not None and craft_of(syntax, thing) else []
        listed = words("events", "background", "another")
        if self._is_definite(trigger):
            listed -= {"first", "last"}  # "the first blast" is one of its own
        return any(
            syntax.tokens[child].text.lower() in listed and child < each
            for each in near
            for child in syntax.children[each]
            if syntax.tokens[each].pos in {"NOUN", "PROPN"}
            and syntax.tokens[each].lemma.lower() not in {"people", "person", "other"}
        )

    def _is_definite(self, trigger: Trigger) -> bool:
        syntax = self.syntax
        near = [trigger.index] if trigger.noun else [syntax.subject(trigger.index) or trigger.index]
        return any(
            syntax.tokens[child].text.lower() in {"the", "this", "that", "these", "those"}
            for each in near
            for child in syntax.children[each]
        )
