"""Finding names: spans, kinds, and what is none."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st
from small_gazetteer import SmallGazetteer, report, tagged

from geomap.geoparse.recognize import Recognizer
from geomap.model import Kind, Mention

find = Recognizer(None)


def names(text: str, **labels: str) -> dict[str, Kind]:
    return {m.surface: m.kind for m in mentions(text, **labels)}


def mentions(text: str, **labels: str) -> tuple[Mention, ...]:
    return find(report(text), tagged(text, **labels) if labels else None, SmallGazetteer())


def test_the_designator_belongs_to_the_name_and_what_leads_up_to_it_does_not() -> None:
    assert names("Fire spread in the southern Belgorod region.") == {"Belgorod region": Kind.LITERAL}
    assert names("Fire spread near the southern city of Belgorod.") == {"Belgorod": Kind.LITERAL}


def test_a_name_found_once_is_found_everywhere() -> None:
    text = "Rescuers reached Vysoke. Nobody in Vysoke slept."
    assert [m.span.start for m in mentions(text, Vysoke="LOC")] == [17, 35]


def test_an_unknown_name_that_is_mostly_no_place_does_not_spread() -> None:
    text = "Samra scored. Samra ran. He met Samra. Samra left for home."
    assert len(mentions(text, Samra="LOC")) == 1


def test_names_inside_organisations_are_marked_and_public_bodies_speak_for_their_place() -> None:
    assert names("He reads the Moscow Herald.", Moscow_Herald="ORG") == {"Moscow": Kind.EMBEDDED}
    assert names("The Moscow Police Department agreed.", Moscow_Police_Department="ORG") == {"Moscow": Kind.METONYMIC}


def test_a_government_is_told_from_its_city() -> None:
    assert names("Moscow denied the report.") == {"Moscow": Kind.METONYMIC}
    assert names("Trains stopped in Moscow.") == {"Moscow": Kind.LITERAL}


def test_demonyms_are_a_kind_of_their_own() -> None:
    assert names("Two Ukrainians and a Texan were rescued.") == {"Ukrainians": Kind.DEMONYM, "Texan": Kind.DEMONYM}


def test_persons_and_weapons_are_no_places() -> None:
    text = "Ivan Belgorod fired an S-300. Belgorod said nothing."
    assert names(text, Ivan_Belgorod="PERSON") == {}


def test_a_facility_is_one() -> None:
    assert names("It took off from the Chkalovsky air field.") == {"Chkalovsky air field": Kind.FACILITY}


def test_a_short_form_after_a_comma_is_a_state() -> None:
    assert list(names("The mayor of Springfield, Ill., resigned.", Springfield="GPE")) == ["Springfield", "Ill."]


def test_months_are_no_places() -> None:
    assert names("It rained in March and in August.") == {}


@settings(max_examples=60)
@given(st.text(alphabet=st.sampled_from("BMa .,'’-\n\u200b\u202eЖ9"), max_size=80))
def test_mentions_never_overlap_and_lie_in_the_text(noise: str) -> None:
    text = f"Belgorod region {noise} Moscow, Ill. {noise} Russia's {noise}"
    found = mentions(text)
    for one, next_one in itertools.pairwise(found):
        assert one.span.end <= next_one.span.start
    assert all(text[m.span.start : m.span.end] == m.surface for m in found)
