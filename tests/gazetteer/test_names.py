"""Folding names, taking designators off them, and the adjectives of seats."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.gazetteer.adjectives import named_after, stems
from geomap.gazetteer.designators import core, readings
from geomap.gazetteer.names import fold, variants


@pytest.mark.parametrize(
    "alike",
    [
        ("Korochanskiy", "Korochansky", "Korochans'kyi", "Korochanskyy", "Корочанский"),
        ("Saint-Étienne", "St. Etienne", "ST ETIENNE", "St.Etienne"),
        ("Port-au-Prince", "Port au Prince", "port–au–prince"),
        ("Kharkiv", "Харків", "KHARKIV"),
        ("Łódź", "Lodz"),
        ("The Hague", "Hague"),
        ("U.S.", "US", "us"),
        ("W.Va.", "WVa"),
        ("Bosnia & Herzegovina", "Bosnia and Herzegovina"),
        ("Ḩimş", "Hims"),
    ],
)
def test_spellings_of_one_name_fold_alike(alike: tuple[str, ...]) -> None:
    """Case, accents, alphabets, hyphens, apostrophes and abbreviations do not tell names apart."""
    assert len({fold(name) for name in alike}) == 1


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    """The key of a key is the key."""
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(min_codepoint=0x400, max_codepoint=0x4FF)))
def test_variants_are_keys_and_hold_the_fold(text: str) -> None:
    """Each variant is a key; the first is the fold itself."""
    found = variants(text)
    assert all(fold(key) == key for key in found)
    assert found[:1] == ((fold(text),) if fold(text) else ())


def test_both_cyrillic_romanisations_are_tried() -> None:
    """Луганская may be Russian or Ukrainian."""
    assert variants("Луганская") == ("luganskaya", "luhanskaia")


@pytest.mark.parametrize(
    ("name", "bare", "kind"),
    [
        ("Belgorod region", "belgorod", "region"),
        ("Republic of Tatarstan", "tatarstan", "region"),
        ("Rapides Parish", "rapides", "district"),
        ("Loudon Co.", "loudon", "district"),
        ("city of Belgorod", "belgorod", "settlement"),
        ("Lake Ladoga", "ladoga", "water"),
        ("Mt. Hood", "hood", "landform"),
        ("Chkalovsky air field", "chkalovsky", "airport"),
        ("Kolotilovka border crossing", "kolotilovka", "crossing"),
        ("Zaporizhzhia NPP", "zaporizhzhia", "installation"),
    ],
)
def test_a_designator_is_read_off_a_name(name: str, bare: str, kind: str) -> None:
    """What kind of thing a name names is told from its core."""
    assert (bare, kind) in [(r.core, r.designator.name) for r in readings(fold(name))]


def test_a_designator_knows_what_it_fits() -> None:
    """ "district" fits a second-level unit best, a first-level one less, a town hardly."""
    district = next(r.designator for r in readings("korochansky district"))
    assert district.fit("ADM2") > district.fit("ADM1") > district.fit("PPL") == district.otherwise


def test_a_name_that_is_only_a_designator_keeps_it() -> None:
    """ "Region" and "City" are not taken off themselves."""
    assert core("region") == "region"
    assert readings("city") == ()


@pytest.mark.parametrize(
    ("adjective", "seat"),
    [
        ("korochansky", "korocha"),
        ("belgorodskaya", "belgorod"),
        ("kharkivska", "kharkiv"),
        ("luhanska", "luhansk"),
        ("kaluzhskaya", "kaluga"),
        ("prokhorovsky", "prokhorovka"),
        ("novooskolsky", "novy oskol"),
        ("krasnoyaruzhsky", "krasnaya yaruga"),
        ("shebekinsky", "shebekino"),
    ],
)
def test_a_district_is_named_by_the_adjective_of_its_seat(adjective: str, seat: str) -> None:
    """The stems meet through the links and softenings that Slavic adjectives have."""
    assert named_after(adjective, seat)


@pytest.mark.parametrize(("adjective", "other"), [("korochansky", "krasnoye"), ("belgorodskaya", "volgograd")])
def test_other_towns_are_not_the_seat(adjective: str, other: str) -> None:
    """A stem that is only like another does not count."""
    assert not named_after(adjective, other)
    assert stems(other) == frozenset()
