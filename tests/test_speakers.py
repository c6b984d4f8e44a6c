"""Names of speakers: who is one and the same, who cannot be told from others, and what they are called."""

from __future__ import annotations

from string import ascii_lowercase

import pytest

from geomap.claims import speakers
from geomap.claims.speakers import canonical, display, is_outlet
from geomap.model import Attribution, Claim, Count, Role, Span


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Russian ministry of defense", "Russia's Defence Ministry"),
        ("Russian military", "Russian Ministry of Defence"),
        ("the UK Ministry of Defence", "British Defense Ministry"),
        ("Andrey Kartapolov", "Andrei Kartapolov"),
        ("The fire brigade", "fire brigade"),
    ],
)
def test_one_speaker_has_one_key(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


def test_different_speakers_keep_different_keys() -> None:
    names = [
        "Russian Defence Ministry",
        "Ukrainian Defence Ministry",
        "Ana Reyes",
        "Luis Reyes",
        "police",
        "fire brigade",
    ]
    assert len({canonical(name) for name in names}) == len(names)


def test_display_keeps_a_clear_form() -> None:
    assert display("Russia’s Ministry of Defence") == "Russian Defence Ministry"
    assert display("the country's navy") == "navy"
    assert is_outlet("the state news agency Tass")
    assert not is_outlet("the space agency")


def speakers_of(*names: str) -> list[str]:
    """What the speakers of reports a, b, ... are called in one incident."""
    said = [
        Claim(
            id=f"{report}:{Role.COUNT}",
            article=report,
            span=Span(0, 6),
            quote="9 died",
            role=Role.COUNT,
            attribution=Attribution(name, (name,)),
            value=Count(9, "killed"),
        )
        for report, name in zip(ascii_lowercase, names, strict=False)
    ]
    return [claim.attribution.speaker for claim in speakers.unify(said)]


def test_a_surname_alone_is_the_one_person_of_that_name() -> None:
    """One report has the full name, the next the surname: one origin, unless two people share it."""
    assert speakers_of("Haidar al-Sabri", "Sabri") == ["Haidar al-Sabri", "Haidar al-Sabri"]
    assert speakers_of("Ann Lee", "Tom Lee", "Lee") == ["Ann Lee", "Tom Lee", "Lee"]
    assert speakers_of("Sabri") == ["Sabri"]


@pytest.mark.parametrize(
    ("name", "unnamed"),
    [
        ("two security sources", True),
        ("Kurdish officials", True),
        ("the governor", True),
        ("France", True),
        ("a video", True),
        ("Governor Ann Lee", False),
        ("the fire brigade", False),
        ("Dallas Police", False),
        ("spokesman for Northern Rail", False),
    ],
)
def test_who_cannot_be_told_from_others(name: str, unnamed: bool) -> None:
    """Officials, offices, countries and pictures may be anybody's; names of people and bodies are theirs."""
    assert speakers.is_unnamed(name) is unnamed
