"""Claims: what reports say of an incident, who says it, and what is no part of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap import claims, read
from geomap.claims import attribution, dates, quotations
from geomap.claims.speakers import canonical, origin
from geomap.geoparse import recognize, resolve
from geomap.model import (
    EVENT_ROLES,
    Analysis,
    Article,
    Claim,
    ClockTime,
    Count,
    Gazetteer,
    Matter,
    Role,
    Sentence,
    Span,
    Status,
)
from geomap.parse import SpacyParser
from tests.claim_cases import Score, cases, same_speaker, score
from tests.effort import lines_run

Extract = Callable[[Article], Sequence[Claim]]


@pytest.fixture(scope="module")
def parser() -> SpacyParser:
    return SpacyParser()


@pytest.fixture(scope="module")
def extract(parser: SpacyParser, gazetteer: Gazetteer) -> Extract:
    """Reads the claims of an article, all stages real."""

    def run(article: Article) -> Sequence[Claim]:
        analysis = parser(article)
        mentions = recognize.recognize(article, analysis, gazetteer)
        return claims.extract(article, analysis, resolve.resolve(article, analysis, mentions, gazetteer))

    return run


def report(text: str, *, outlet: str = "", published: dt.date | None = dt.date(2031, 6, 4)) -> Article:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(id="r", text=text, digest=digest, outlet=outlet, published=published)


def of(found: Sequence[Claim], role: Role) -> list[Claim]:
    return [claim for claim in found if claim.role == role]


def counted(found: Sequence[Claim], what: str) -> set[int]:
    return {c.value.count for c in found if isinstance(c.value, Count) and c.value.of == what}


# --- the case files --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def measured(extract: Extract) -> Score:
    total = Score()
    for case in cases():
        total.add(score(case, extract(case.article)))
    return total


def test_cases_are_read_right(measured: Score) -> None:
    """On our own case files nearly every claim is found with its value and speaker, and little else."""
    assert measured.precision >= 0.97, "\n".join(measured.wrong)
    assert measured.recall >= 0.96, "\n".join(measured.missed)


def test_traps_do_not_spring(measured: Score) -> None:
    """Past events, negations, places in passing and open questions make no claim."""
    assert not measured.sprung


def test_statuses_are_read_right(measured: Score) -> None:
    """A claim found has the status the case gives it, but for one in fifty."""
    assert len(measured.status) <= measured.right / 50, "\n".join(measured.status)


@pytest.mark.parametrize(
    ("asked", "found", "others", "same"),
    [
        ("Defence Forces", "Finnish Defence Forces", (), True),
        ("a nurse at the hospital", "nurse", (), True),
        ("UKMTO", "British naval office UKMTO", (), True),
        ("Iván Quispe", "Quispe", (), True),
        ("ministry of health", "Health Ministry", (), True),
        ("interior ministry", "ministry", ("health ministry",), False),
        ("ministry", "Nigerien Defence Ministry", ("defence ministry",), True),
        ("ministry", "Nigerien Defence Ministry", ("defence ministry", "foreign ministry"), False),
        ("scientists at Gangtok", "Gangtok", (), False),
        ("police", "police chief", (), False),
        ("navy", "coast guard", (), False),
    ],
)
def test_names_of_one_speaker_differ_only_by_words_that_one_has_more(
    asked: str, found: str, others: tuple[str, ...], *, same: bool
) -> None:
    """The measure's own: a name that would fit two speakers of a case is nobody's."""
    assert same_speaker(asked, found, {asked, *others}) == same


def test_a_third_of_the_cases_are_traps() -> None:
    every = list(cases())
    assert sum(case.is_trap for case in every) >= len(every) / 3


# --- the five reports ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def five(extract: Extract, shared: Path) -> dict[str, Sequence[Claim]]:
    folder = shared / "articles"
    if not folder.is_dir():
        pytest.skip("no reports in ../shared/articles")
    articles = [read.report(path) for path in sorted(folder.glob("*.txt"))]
    return {article.id[:3]: extract(article) for article in articles}


@pytest.fixture(scope="module")
def expected(shared: Path) -> dict[str, list[dict[str, object]]]:
    path = shared / "articles" / "expected.json"
    if not path.is_file():
        pytest.skip("no expected.json in ../shared/articles")
    found: dict[str, list[dict[str, object]]] = json.loads(path.read_text("utf-8"))
    return found


_SITES = {
    "origin": Role.ORIGIN,
    "destination": Role.DESTINATION,
    "launch area": Role.LAUNCH_AREA,
    "exchange point": Role.EXCHANGE_POINT,
}


def test_the_five_reports_name_every_site(
    five: dict[str, Sequence[Claim]], expected: dict[str, list[dict[str, object]]]
) -> None:
    """Origin, destination, launch areas and exchange point, in each report that names them, with the speaker."""
    for site in expected["sites"]:
        role = _SITES.get(str(site["role"]))
        for name in site.get("reports", []) if role else []:  # type: ignore[attr-defined]
            named = [c for c in of(five[name], role) if c.subject and str(site["place"]).split()[0] in c.subject.text]  # type: ignore[arg-type]
            assert named, (site, name)
            if "status" in site:
                assert all(c.attribution.status == site["status"] for c in named)
            if "speaker" in site:
                assert {canonical(c.attribution.speaker) for c in named} == {"russian defense ministry"}


def test_the_five_reports_place_the_crash(five: dict[str, Sequence[Claim]]) -> None:
    """Every report says where it came down, and nothing else of the day is taken for it."""
    places = {
        name: [c.subject.text for c in found if c.role in EVENT_ROLES and c.subject] for name, found in five.items()
    }
    assert all(places.values())
    named = {word for group in places.values() for place in group for word in place.split()}
    assert {"Yablonovo", "Korochansky", "Belgorod"} <= named
    assert not named & {"Oryol", "Kharkiv", "Kyiv", "Moscow", "Crimean", "Kolotilovka", "Lyptsi"}


def test_the_five_reports_agree_on_counts(five: dict[str, Sequence[Claim]]) -> None:
    """Prisoners, crew, those with them, all aboard, and the missiles; no other event's dead."""
    assert all(counted(found, "prisoners") == {65} for found in five.values())
    assert all(counted(five[name], "crew") == {6} for name in ("000", "002", "003", "004"))
    assert all(counted(five[name], "accompanying") == {3} for name in ("000", "002", "004"))
    assert all(counted(five[name], "aboard") == {74} for name in ("001", "002"))
    assert counted(five["003"], "others-aboard") == {9}
    assert counted(five["000"], "missiles-fired") == {3}
    assert counted(five["004"], "missiles-fired") == {2}
    others = {c.value.count for found in five.values() for c in found if isinstance(c.value, Count)}
    assert others <= {65, 6, 3, 74, 9, 2}


def test_the_five_reports_give_two_times(five: dict[str, Sequence[Claim]]) -> None:
    clock = {
        name: [c.value for c in of(found, Role.TIME) if isinstance(c.value, ClockTime) and c.value.local]
        for name, found in five.items()
    }
    assert [(v.local, v.gmt, v.hedge) for v in clock["003"]] == [("11:00", "08:00", "around")]
    assert [(v.local, v.gmt, v.zones) for v in clock["004"]] == [("11:15", "08:15", (("EST", "03:15"),))]
    assert not clock["000"] + clock["001"] + clock["002"]


def test_the_five_reports_disagree_on_the_cargo(five: dict[str, Sequence[Claim]]) -> None:
    """Prisoners by the Russian ministry in all five, missiles by Ukrainian sources in two."""
    for name, found in five.items():
        cargo = {
            (c.value.what, canonical(c.attribution.speaker))
            for c in of(found, Role.CARGO)
            if isinstance(c.value, Matter)
        }
        assert ("prisoners of war", "russian defense ministry") in cargo, name
        missiles = {speaker for what, speaker in cargo if what == "S-300 missiles"}
        assert bool(missiles) == (name in {"001", "003"})
        assert all("ukrain" in speaker for speaker in missiles)


# --- records ---------------------------------------------------------------------------------------------------------


def test_claims_are_ordered_unique_and_deterministic(extract: Extract) -> None:
    """The same report gives the same claims with the same ids, in the order of the text, quotes as they stand."""
    article = next(cases("plane-10-long.txt")).article
    first, second = extract(article), extract(article)
    assert first == second
    assert len({claim.id for claim in first}) == len(first)
    assert list(first) == sorted(first, key=lambda claim: claim.span)
    assert all(claim.quote == article.quote(claim.span) for claim in first)
    assert all(
        claim.attribution.speaker and claim.attribution.chain[-1] == claim.attribution.speaker for claim in first
    )


def test_a_report_of_nothing_gives_nothing(extract: Extract) -> None:
    assert not extract(report("The council met in Porto on Monday and adopted a budget for the schools."))
    assert not extract(report("..."))


# --- who says it -----------------------------------------------------------------------------------------------------


def _said(parser: SpacyParser, text: str, words: str, outlet: str = "Harbour Herald") -> object:
    article = report(text, outlet=outlet)
    start = text.index(words)
    return attribution.attribute(article, parser(article))(Span(start, start + len(words)))


@pytest.mark.parametrize(
    ("text", "words", "speaker", "chain", "status"),
    [
        ("The dam broke at dawn.", "broke", "Harbour Herald", ("Harbour Herald",), "reported"),
        ("The dam broke, the mayor said.", "broke", "mayor", ("Harbour Herald", "mayor"), "claimed"),
        (
            "The dam broke, the Ghanaian army said in a statement published by Reuters.",
            "broke",
            "Ghanaian army",
            ("Harbour Herald", "Reuters", "Ghanaian army"),
            "claimed",
        ),
        (
            "Officials confirmed that the dam had broken, according to the Daily Graphic.",
            "broken",
            "Officials",
            ("Harbour Herald", "Daily Graphic", "Officials"),
            "confirmed",
        ),
        (
            "The operator denied that the dam had broken.",
            "broken",
            "operator",
            ("Harbour Herald", "operator"),
            "denied",
        ),
        (
            "According to the army; the mayor said that the dam broke.",
            "broke",
            "mayor",
            ("Harbour Herald", "mayor"),
            "claimed",
        ),
        ("The dam reportedly broke at dawn.", "broke", "Harbour Herald", ("Harbour Herald",), "unverified"),
        (
            "The Bolivian army said two dams broke. The claim could not be independently verified.",
            "broke",
            "Bolivian army",
            ("Harbour Herald", "Bolivian army"),
            "unverified",
        ),
        (
            'Ana Reyes, the governor, arrived at noon. "The dam broke. Three farms are gone," Reyes said.',
            "broke",
            "Ana Reyes",
            ("Harbour Herald", "Ana Reyes"),
            "claimed",
        ),
    ],
)
def test_speaker_chain_and_status(  # noqa: PLR0917  (a row of the table above)
    parser: SpacyParser, text: str, words: str, speaker: str, chain: tuple[str, ...], status: str
) -> None:
    found = _said(parser, text, words)
    assert (found.speaker, found.chain, found.status) == (speaker, chain, Status(status))  # type: ignore[attr-defined]


def test_a_missing_proof_is_noted_on_the_claim_before_it(parser: SpacyParser) -> None:
    text = "Rebels blew up the bridge, the Nigerien army said. It did not provide any evidence."
    assert _said(parser, text, "blew up").evidence == "none provided"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "quoted",
    [
        "“The dam broke. Nobody warned us,” Ana Reyes said.",
        "The dam broke. Nobody warned us,” Ana Reyes said.",
        "Ana Reyes said: “The dam broke. Nobody warned us.",
        '"The dam broke. Nobody warned us," Ana Reyes said.',
    ],
)
def test_quotations_carry_their_speaker_even_with_a_mark_missing(parser: SpacyParser, quoted: str) -> None:
    assert _said(parser, quoted, "broke").speaker == "Ana Reyes"  # type: ignore[attr-defined]


def test_an_unknown_outlet_is_the_report(parser: SpacyParser) -> None:
    assert _said(parser, "The dam broke.", "broke", outlet="").speaker == "the report"  # type: ignore[attr-defined]


def test_the_origin_of_a_claim_is_its_speaker_whoever_passed_it_on(extract: Extract) -> None:
    found = extract(report("A plane crashed near Tartu, Estonia's Ministry of Defence said, Reuters reported."))
    assert {origin(claim) for claim in found} == {"estonian defense ministry"}


# --- days and marks --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("on Wednesday", dt.date(2031, 6, 4)),
        ("late on Tuesday", dt.date(2031, 6, 3)),
        ("last Wednesday", dt.date(2031, 5, 28)),
        ("yesterday", dt.date(2031, 6, 3)),
        ("on 2 June", dt.date(2031, 6, 2)),
        ("on June 2, 2030", dt.date(2030, 6, 2)),
        ("on Dec. 31", dt.date(2030, 12, 31)),
        ("on 2031-06-01", dt.date(2031, 6, 1)),
    ],
)
def test_days_are_set_against_the_day_of_publication(text: str, date: dt.date) -> None:
    assert [day.date for day in dates.days(report(f"It fell {text}."))] == [date]


@pytest.mark.parametrize("text", ["on February 30", "on 31 June 2031", "on 2031-13-40", "on 0 May", "on 99 March"])
def test_days_that_cannot_be_have_no_date(text: str) -> None:
    assert all(day.date is None for day in dates.days(report(f"It fell {text}.")))


@given(st.text(alphabet='ab .“”"„\n’,', max_size=80))
def test_quotations_never_overlap_and_stay_inside(text: str) -> None:
    """Whatever marks are missing, quotations lie in the text in order, apart from each other."""
    found = list(quotations.quotations(report(f"{text}.")))
    assert all(q.span.end <= len(text) + 1 for q in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


def test_a_clock_time_without_a_zone_is_local(extract: Extract) -> None:
    found = extract(report("A bus overturned near Tartu at 14:05 on Tuesday, police said."))
    assert [c.value for c in of(found, Role.TIME)] == [ClockTime(local="14:05", date="2031-06-03")]


def test_a_report_that_quotes_another_whole_names_who_was_quoted(extract: Extract) -> None:
    inner = "“A tram left the rails in Tartu. Two people were hurt,” the Postimees newspaper reported."
    found = extract(report(f"{inner}\n\nThe city has not commented.", outlet="Baltic Wire"))
    assert {c.attribution.speaker for c in of(found, Role.COUNT)} == {"Postimees"}


# --- size ------------------------------------------------------------------------------------------------------------


def _repeated(article: Article, analysis: Analysis, times: int) -> tuple[Article, Analysis]:
    """The same report written ``times`` over, with its analysis."""
    length, count, paragraphs = len(article.text), len(analysis.tokens), analysis.sentences[-1].paragraph + 1
    tokens = [
        replace(t, start=t.start + length * n, end=t.end + length * n, head=t.head + count * n)
        for n in range(times)
        for t in analysis.tokens
    ]
    sentences = [
        Sentence(
            Span(s.span.start + length * n, s.span.end + length * n),
            s.first + count * n,
            s.last + count * n,
            s.paragraph + paragraphs * n,
        )
        for n in range(times)
        for s in analysis.sentences
    ]
    return replace(article, text=article.text * times), Analysis(article.id, tuple(tokens), tuple(sentences), ())


def test_cost_grows_with_the_length_of_a_report(parser: SpacyParser) -> None:
    """Four times the text takes about four times the steps (no step looks at everything for each thing)."""
    article = next(cases("plane-10-long.txt")).article
    analysis = parser(article)
    short, long = (_repeated(article, analysis, times) for times in (3, 12))
    claims.extract(*short, ())  # what is made at first use
    assert lines_run(lambda: claims.extract(*long, ())) < 5 * lines_run(lambda: claims.extract(*short, ()))


def test_accounts_that_follow_one_another_cost_no_more_than_their_length(parser: SpacyParser) -> None:
    """Each closes the account before it: none reaches back over all of them."""

    def told(times: int) -> tuple[Article, Analysis]:
        text = "Nine people died. That is what police said. " * times
        article = Article("accounts", text, str(times))
        return article, parser(article)

    short, long = told(15), told(60)
    claims.extract(*short, ())  # what is made at first use
    assert lines_run(lambda: claims.extract(*long, ())) < 5 * lines_run(lambda: claims.extract(*short, ()))
