"""Claims on one question, sorted into its sides: one for each answer that the finest wordings give."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

from geomap.compare.answers import Answer
from geomap.compare.support import Sourcing, asserted, backing
from geomap.model import Claim, ClockTime, Count, Matter, QuotedDistance, Role, Side, Status

Read = Callable[[Claim], Answer | None]
"""What a claim answers; None where its words give no value that can be compared."""


@dataclass(slots=True)
class Wording:
    """Claims that say one thing in one way. ``answer`` is None where it cannot be held against another."""

    answer: Answer | None
    claims: list[Claim]


@dataclass(slots=True)
class Gathered:
    """A side in the making: ``firm`` wordings give the answer, the finest first; ``loose`` only allow it.

    ``passive`` claims deny the answer or pass it on without standing behind it.
    """

    firm: list[Wording]
    loose: list[Wording] = field(default_factory=list)
    passive: list[Claim] = field(default_factory=list)

    @property
    def answer(self) -> Answer | None:
        """The finest answer given."""
        return self.firm[0].answer if self.firm else None

    @property
    def claims(self) -> list[Claim]:
        """The claims that give the answer, those of the finest wording first."""
        return [claim for wording in self.firm for claim in wording.claims]

    def takes(self, answer: Answer) -> bool:
        """Whether an answer agrees with every wording of the side."""
        return bool(self.firm) and all(each.answer is not None and answer.agrees(each.answer) for each in self.firm)


def gather(claims: Sequence[Claim], read: Read, *, settled: Sequence[Sequence[Claim]] = ()) -> list[Gathered]:
    """The claims of one question by the answer they give, in the order in which the answers come up.

    A wider wording stands under every answer that it covers, and else under the nearest that it agrees with. What has
    no value to compare is a side for itself. ``settled`` groups are known to be one answer each.
    """
    order = {claim.id: number for number, claim in enumerate(claims)}
    done = {claim.id for group in settled for claim in group}
    rest = [claim for claim in claims if claim.id not in done]
    sides = [_together([claim for claim in group if asserted(claim)], read) for group in settled]
    sides = [side for side in sides if side.firm]
    for wording in _finest_first([claim for claim in rest if asserted(claim)], read):
        _place(wording, sides)
    for wording in _finest_first([claim for claim in claims if not asserted(claim)], read):
        _attach(wording, sides)
    return sorted(sides, key=lambda side: min(order[claim.id] for claim in (*side.claims, *side.passive)))


def _finest_first(claims: Sequence[Claim], read: Read) -> list[Wording]:
    found: dict[Hashable, Wording] = {}
    for claim in claims:
        answer = read(claim)
        key = ("no value", str(shown(claim)).casefold()) if answer is None else (answer, _hedge(claim))
        found.setdefault(key, Wording(answer, [])).claims.append(claim)
    return sorted(found.values(), key=lambda each: each.answer.breadth if each.answer else math.inf)


def _together(claims: Sequence[Claim], read: Read) -> Gathered:
    """Claims that are known to be one answer, as a side."""
    side = Gathered([])
    for wording in _finest_first(claims, read):
        coarse = side.answer is not None and wording.answer is not None and wording.answer.covers(side.answer)
        (side.loose if coarse else side.firm).append(wording)
    return side


def _place(wording: Wording, sides: list[Gathered]) -> None:
    """Put what is asserted under the sides it belongs to; what none takes begins a side."""
    answer = wording.answer
    fitting = _fitting(answer, sides)
    covered = [side for side in fitting if answer and side.answer and answer.covers(side.answer)]
    for side in covered:
        side.loose.append(wording)
    if not fitting:
        sides.append(Gathered([wording]))
    elif not covered:
        fitting[0].firm.append(wording)


def _attach(wording: Wording, sides: list[Gathered]) -> None:
    """Put what is denied or passed on beside the answer it is about; of a finer one it says nothing."""
    answer = wording.answer
    same = [side for side in _fitting(answer, sides) if not (answer and side.answer and side.answer.covers(answer))]
    if answer is None:
        same = [side for side in sides if str(shown(wording.claims[0])) in {str(shown(c)) for c in side.claims}]
    if same:
        same[0].passive.extend(wording.claims)
    else:
        sides.append(Gathered([], passive=list(wording.claims)))


def _fitting(answer: Answer | None, sides: Sequence[Gathered]) -> list[Gathered]:
    """The sides that take an answer, the nearest first."""
    if answer is None:
        return []
    fitting = [side for side in sides if side.takes(answer)]
    return sorted(fitting, key=lambda side: answer.gap(side.answer) if side.answer else math.inf)


def made(gathered: Gathered, sourcing: Sourcing, *, dated: bool = False) -> Side:
    """A side as its record: the answer in the words of its finest claim, ``dated`` as the day that it gives."""
    firm = gathered.claims
    loose = [claim for wording in gathered.loose for claim in wording.claims]
    asserting = [*firm, *loose]
    lead = next((claim for claim in firm if not _hedge(claim)), (firm or gathered.passive)[0])
    return Side(
        value=_date(lead) if dated else shown(lead),
        hedge=None if dated else _hedge(lead),
        speakers=tuple(dict.fromkeys(claim.attribution.speaker for claim in asserting)),
        origins=tuple(dict.fromkeys(sourcing.origin_of(claim) for claim in asserting)),
        reports=tuple(dict.fromkeys(claim.article for claim in asserting)),
        claims=tuple(claim.id for claim in asserting),
        coarser=tuple(claim.id for claim in loose),
        denied=tuple(claim.id for claim in gathered.passive if claim.attribution.status == Status.DENIED),
        unverified=tuple(claim.id for claim in gathered.passive if claim.attribution.status != Status.DENIED),
        backing=backing(firm, sourcing),
        lead=lead.id,
    )


def shown(claim: Claim) -> str | int | float:
    """A claim's answer as a reader would write it: "11:15", 3, "prisoners of war", "Lyptsi", "60 mi n"."""
    match claim.value:
        case ClockTime(local=local, gmt=gmt, date=date):
            return local or (f"{gmt} GMT" if gmt else None) or date or claim.quote
        case Count(count=number):
            return number
        case Matter(what=what):
            return what
        case QuotedDistance(quantity=quantity, quantity_to=to, unit=unit, direction=direction):
            upper = "" if to is None else f"-{to:g}"
            size = "" if quantity is None else f"{quantity:g}{upper} {unit}"
            return " ".join(filter(None, (size, direction))) or claim.quote
    if claim.role == Role.ROUTE and claim.subject and claim.reference:
        return f"{claim.subject.text} to {claim.reference.text}"
    return claim.subject.text if claim.subject else claim.quote


def _date(claim: Claim) -> str:
    return (claim.value.date if isinstance(claim.value, ClockTime) else None) or claim.quote


def _hedge(claim: Claim) -> str | None:
    return claim.value.hedge if isinstance(claim.value, ClockTime | Count | QuotedDistance) else None
