"""Reading the case files of tests/cases/claims and holding claims against them (the format: see the README there)."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path

from geomap.claims.lexicon import table
from geomap.claims.speakers import canonical, display
from geomap.model import Article, Claim, ClockTime, Count, Matter, Role, Status

FOLDER = Path(__file__).parent / "cases" / "claims"
HELD_OUT = FOLDER / "heldout"
"""Cases written after the rules and only ever measured; there may be none."""

Extract = Callable[[Article], Sequence[Claim]]


@dataclass(frozen=True, slots=True)
class Expected:
    """One line of a case file; ``kind`` is "must", "may" or "none"."""

    kind: str
    role: str
    subject: str = ""
    reference: str = ""
    value: str = ""
    speaker: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    article: Article
    expected: tuple[Expected, ...]

    @property
    def is_trap(self) -> bool:
        return "trap" in self.name or any(line.kind == "none" for line in self.expected)


@dataclass(slots=True)
class Score:
    """Claims found that were asked for (``right``), found that were not (``wrong``), and asked for but not found."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    sprung: list[str] = field(default_factory=list)
    status: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / (self.right + len(self.wrong)) if self.right else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + len(self.missed)) if self.right else 0.0

    def add(self, other: Score) -> None:
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed
        self.sprung += other.sprung
        self.status += other.status


def cases(pattern: str = "*.txt", *, folder: Path = FOLDER) -> Iterator[Case]:
    """Every case file of a folder whose name fits the pattern, by name."""
    for path in sorted(folder.glob(pattern)):
        yield read(path.stem, path.read_text("utf-8"))


def read(name: str, source: str) -> Case:
    """One case file."""
    head, text, lines = re.split(r"^---\n", source, flags=re.MULTILINE)
    fields = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    published = dt.date.fromisoformat(fields["published"]) if "published" in fields else None
    text = text.strip() + "\n"
    article = Article(
        id=name,
        text=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        outlet=fields.get("outlet", ""),
        published=published,
    )
    return Case(name, article, tuple(_line(line) for line in lines.splitlines() if line.strip()))


def _line(line: str) -> Expected:
    kind = "must"
    if line.startswith(("may:", "none:")):
        kind, line = line.split(":", 1)
    parts = [part.strip() for part in line.split("|")]
    if kind == "none":
        return Expected(kind, parts[0], value=parts[1] if len(parts) > 1 else "")
    return Expected(kind, *parts)


def whoever_says_it(case: Case) -> Case:
    """The case without its speakers: what is claimed, and no more."""
    return replace(case, expected=tuple(replace(line, speaker="") for line in case.expected))


def score(case: Case, claims: Sequence[Claim]) -> Score:
    """Hold the claims of one case against what it expects: role, value and speaker; the status is noted beside."""
    result = Score()
    left = [line for line in case.expected if line.kind == "must"]
    done: list[Expected] = []
    allowed = [line for line in case.expected if line.kind == "may"]
    names = frozenset(line.speaker for line in case.expected if line.speaker)
    for claim in (each for each in claims if each.role not in {Role.DISTANCE, Role.LENGTH}):
        shown = f"{case.name}: {show(claim)}"
        result.sprung += [shown for line in case.expected if line.kind == "none" and _springs(line, claim)]
        match = next((line for line in left if meets(line, claim, names=names)), None)
        if match:
            left.remove(match)
            done.append(match)
            result.right += 1
            if match.status and match.status != claim.attribution.status:
                result.status.append(f"{shown} (status should be {match.status})")
        elif not any(meets(line, claim, speaker=False) for line in allowed) and not any(
            meets(line, claim, names=names) for line in done
        ):
            result.wrong.append(shown)
    result.missed += [
        f"{case.name}: {' | '.join(filter(None, (m.role, m.subject, m.reference, m.value, m.speaker)))}" for m in left
    ]
    return result


def show(claim: Claim) -> str:
    """A claim on one line."""
    parts = [
        claim.role.value,
        claim.subject.text if claim.subject else "",
        claim.reference.text if claim.reference else "",
    ]
    match claim.value:
        case Count(count=number, of=of, hedge=hedge):
            parts.append(f"{number} {of}" + (f" hedge {hedge}" if hedge else ""))
        case ClockTime():
            parts.append(" ".join(f"{k} {v}" for k, v in _clock(claim.value).items()))
        case Matter(what=what):
            parts.append(what)
    return (
        " | ".join(filter(None, [*parts, claim.attribution.speaker, claim.attribution.status.value]))
        + f"   <{claim.quote}>"
    )


def _springs(line: Expected, claim: Claim) -> bool:
    """Whether a claim says what a case has nobody say; a denial says that it was not so."""
    if line.role != claim.role or claim.attribution.status is Status.DENIED:
        return False
    if not line.value:
        return True
    if isinstance(claim.value, Count):
        return str(claim.value.count) == line.value
    if isinstance(claim.value, Matter):
        return line.value.lower() in claim.value.what.lower()
    return claim.subject is not None and line.value.casefold() == claim.subject.text.casefold()


def meets(line: Expected, claim: Claim, *, speaker: bool = True, names: Set[str] = frozenset()) -> bool:
    """Whether a claim is the one that a line asks for; unless ``speaker``, whoever says it.

    ``names`` are all speakers that the case knows.
    """
    if line.role != claim.role:
        return False
    if line.subject and not (claim.subject and _same_place(line.subject, claim.subject.text)):
        return False
    if line.reference and not (claim.reference and _same_place(line.reference, claim.reference.text)):
        return False
    if line.value and not _same_value(line.value, claim):
        return False
    said = (claim.attribution.speaker, claim.attribution.office)
    return not (speaker and line.speaker) or any(same_speaker(line.speaker, name, names) for name in said if name)


def same_speaker(asked: str, found: str, names: Set[str] = frozenset()) -> bool:
    """Whether two names are of one speaker: the same, or one only says more than the other.

    As "Finnish Defence Forces" and "Defence Forces", "a nurse at the hospital" and "nurse"; not where another of
    ``names`` would fit as well, unless that is what is asked for under another name and nothing else is ("the ministry"
    beside "the defence ministry", where there is one ministry).
    """
    if canonical(asked) == canonical(found):
        return True
    others = [name for name in names if canonical(name) != canonical(asked)]
    fitting = [name for name in others if _says_more(name, found)]
    alone = all(_says_more(name, found) for name in others if _says_more(name, asked))
    return _says_more(asked, found) and all(alone and _says_more(name, asked) for name in fitting)


def _says_more(a: str, b: str) -> bool:
    """Whether two names have one head, and one of them all words of the other: of their keys, or as they are shown."""
    keys = tuple(canonical(name).split() for name in (a, b))
    shown = tuple(display(name).casefold().split() for name in (a, b))
    return any(
        bool(mine and theirs)
        and (set(mine) <= set(theirs) or set(theirs) <= set(mine))
        and _head(mine) == _head(theirs)
        for mine, theirs in (keys, shown)
    )


def _head(words: Sequence[str]) -> str:
    """The word of a name that the others say more of: the last before "of", "at", "in"."""
    end = next((i for i, word in enumerate(words) if i and word in _FURTHER), len(words))
    return words[end - 1]


_FURTHER = frozenset({"of", "at", "in", "for", "from", "on", "with", "who", "and"})


def _same_place(asked: str, found: str) -> bool:
    a, b = asked.casefold(), found.casefold()
    return a in b or (b in a and len(b) > 3)


def _same_value(asked: str, claim: Claim) -> bool:
    match claim.value:
        case Count(count=number, of=of, hedge=hedge):
            wanted, _, softened = asked.partition(" hedge ")
            return wanted == f"{number} {of}" and (not softened or _same_hedge(softened, hedge or "", "counts"))
        case ClockTime():
            found = _clock(claim.value)
            return all(
                _same_hedge(value, found.get(key, ""), "times") if key == "hedge" else found.get(key) == value
                for key, value in _asked(asked).items()
            )
        case Matter(what=what):
            want, have = _stems(asked), _stems(what)
            return bool(want & have) and (want <= have or have <= want)
    return False


def _same_hedge(asked: str, found: str, kind: str) -> bool:
    """Whether two hedges of "counts" or of "times" soften alike: "around" and "about", "over" and "more than"."""
    known: Mapping[str, str] = table(kind)["hedges"]
    mine, theirs = (known.get(hedge, hedge) for hedge in (asked, found))
    return mine == theirs or {mine, theirs} <= _LOOSE


_LOOSE = frozenset({"about", "around"})
"""Hedges that leave room on both sides."""


def _asked(value: str) -> dict[str, str]:
    first, _, rest = value.partition(" ")
    if first == "gmt":
        first, rest = "", value
    asked = {"date" if re.fullmatch(r"\d{4}-.*", first) else "local": first} if first else {}
    rest, _, hedge = rest.partition("hedge ")
    words = rest.split()
    asked.update(zip(words[::2], words[1::2], strict=False))
    return {**asked, **({"hedge": hedge.strip()} if hedge else {})}


def _clock(value: ClockTime) -> dict[str, str]:
    shown = {"local": value.local, "gmt": value.gmt, "date": value.date, "hedge": value.hedge, **dict(value.zones)}
    return {key: each for key, each in shown.items() if each}


def _stems(words: str) -> frozenset[str]:
    lesser = {"a", "an", "the", "of", "by", "in", "on", "and"}
    return frozenset(w.rstrip("s") for w in re.findall(r"\w+", words.casefold()) if w not in lesser)
