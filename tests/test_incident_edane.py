"""The invented seed incident: what its nine digests say, hour by hour, as our own stages read them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from geomap import asof, changes
from geomap.config import Config
from geomap.desk import Desk
from geomap.errors import BadInput
from geomap.model import Count, Gazetteer, Incident, Matter, Role, Status
from geomap.moments import asked
from geomap.pipeline import readings

SEED = Path(__file__).resolve().parent.parent / "seeds" / "derailment-edane-example"
ID = SEED.name
LAST = "2025-09-18T08:00Z"


@pytest.fixture(scope="module")
def desk(gazetteer: Gazetteer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk over a store of its own that holds the incident."""
    assert gazetteer
    made = Desk(Config.read(db=f"sqlite:///{tmp_path_factory.mktemp('edane') / 'store.db'}"))
    made.ingest([str(SEED)])
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def now(desk: Desk) -> Incident:
    """The incident as all its reports tell it."""
    return desk.store.load(ID)


def at(desk: Desk, moment: str) -> Incident:
    """The incident as it was known at a moment."""
    return desk.as_known_at(ID, asked(moment))


def area(incident: Incident) -> float:
    """Square kilometres of the region where it happened."""
    return changes.square_kilometres(incident.sites[0])


def cargoes(incident: Incident) -> set[str]:
    """What the train is said to have carried."""
    return {
        claim.value.what for claim in incident.claims if claim.role == Role.CARGO and isinstance(claim.value, Matter)
    }


def toll(incident: Incident, of: str) -> int:
    """The highest number of them that anybody gives."""
    return max((c.value.count for c in incident.claims if isinstance(c.value, Count) and c.value.of == of), default=0)


def test_it_is_marked_as_invented(now: Incident) -> None:
    """Nobody should take it for news."""
    assert now.note == "Invented example"
    assert all(".example/" in article.url for article in now.articles)


def test_it_happened_near_edane(now: Incident) -> None:
    """One region that every wording satisfies, round the village that the later reports name."""
    site = now.sites[0]
    assert (site.role, site.name, site.dropped) == (Role.INCIDENT_SITE, "Edane", ())
    assert area(now) < 40
    assert [route.name for route in now.routes] == ["Hallsberg to Oslo"]


def test_the_place_narrows_as_reports_come_in(desk: Desk) -> None:
    """From a county to a few kilometres; no report makes it wider."""
    stops = asof.stops(each.article for each in desk.store.versions(ID))
    areas = [area(desk.as_known_at(ID, stop.moment)) for stop in stops]
    assert len(areas) == 9
    assert areas[0] > 10_000
    assert all(later <= earlier * 1.001 for earlier, later in pairwise(areas))


def test_at_the_last_moment_it_is_what_is_stored(desk: Desk, now: Incident) -> None:
    """Taken apart and put together again, nothing is lost and nothing made up."""
    assert at(desk, LAST) == now
    assert set(readings(now)) == {article.id for article in now.articles}


def test_what_was_withdrawn_was_claimed_until_then(desk: Desk, now: Incident) -> None:
    """Chlorine and the place southeast of Arvika are known before the correction and gone with it."""
    before, after = at(desk, "2025-09-17T11:09Z"), at(desk, "2025-09-17T11:10Z")
    assert cargoes(before) == {"chlorine", "ammonia"}
    assert cargoes(after) == cargoes(now) == {"ammonia"}
    found = changes.since(before, after)
    assert found.changed == ("03-klar-river-post",)
    assert found.settled == ("cargo",)
    assert found.claims_withdrawn
    (region,) = found.regions
    assert region.before_km2
    assert region.after_km2
    assert region.after_km2 < region.before_km2
    assert region.lead in after.claims


def test_the_toll_rises(desk: Desk, now: Incident) -> None:
    """Each stop knows what had been reported by then and no more."""
    moments = ("2025-09-17T05:00Z", "2025-09-17T08:00Z", "2025-09-17T14:00Z", LAST)
    assert [toll(at(desk, each), "injured") for each in moments] == [2, 5, 9, 11]
    assert [toll(at(desk, each), "killed") for each in moments] == [0, 0, 1, 2]
    assert toll(now, "killed") == 2


def test_one_claims_the_cause_and_another_denies_it(now: Incident) -> None:
    """The Transport Administration blames the rail, the operator denies that."""
    causes = {
        (c.value.what, c.attribution.status == Status.DENIED)
        for c in now.claims
        if c.role == Role.CAUSE and isinstance(c.value, Matter)
    }
    assert {("broken rail", False), ("broken rail", True), ("broken wheel", False)} <= causes


def test_the_distance_it_quotes_holds(now: Incident) -> None:
    """Edane does lie 14 km east of Arvika."""
    assert any(f.verdict == "agrees" and f.geodesic and round(f.geodesic.distance_m / 1000) == 14 for f in now.findings)


def test_the_changed_report_has_two_versions(desk: Desk) -> None:
    """Each with its claims, and what changed between them; reading the seed again adds none."""
    first, second = desk.wordings(ID, "03-klar-river-post")["03-klar-river-post"]
    assert (first.changes, first.article.title) == (None, "Chlorine feared after derailment")
    assert second.changes
    altered = {(str(p.before.role), p.before.quote, p.after.quote) for p in second.changes.altered}
    assert ("cargo", "chlorine", "ammonia") in altered
    assert ("count", "Five people", "Seven people") in altered
    assert [claim.role for claim in second.changes.withdrawn] == [Role.DISTANCE]
    desk.ingest([str(SEED)])
    assert len(desk.store.revisions(ID)) == 2


def test_before_the_first_report_nothing_was_known(desk: Desk) -> None:
    """And the answer says when the first came out."""
    with pytest.raises(BadInput, match="the first came out by 2025-09-17T04:40Z"):
        at(desk, "2025-09-17T04:39Z")


def test_an_older_wording_that_comes_late_is_filed_before_the_newer(desk: Desk, tmp_path: Path) -> None:
    """What is known now stays; what was known then is known now."""
    newer, older = SEED / "06-klar-river-post.md", SEED / "03-klar-river-post.md"
    for source in (newer, older):
        desk.ingest([str(source)], id="late")
    assert [each.article.title for each in desk.store.versions("late")][-1] == "Chlorine feared after derailment"
    assert desk.store.load("late").articles[0].title == "Ammonia cloud over Edane"
    assert cargoes(desk.as_known_at("late", asked("2025-09-17T10:00Z"))) == {"chlorine"}


def test_a_page_of_its_own_can_be_set_back(desk: Desk) -> None:
    """Reading files up to a moment gives what the store gives."""
    made = desk.compile([SEED], id="x", at=asked("2025-09-17T08:00Z"))
    assert made.note == "Invented example; As known at 2025-09-17T08:00Z"
    assert made.sites == at(desk, "2025-09-17T08:00Z").sites
