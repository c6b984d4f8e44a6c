"""What every store does, whatever database is under it."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from geomap.errors import BadInput, NotFound, StoreError
from geomap.model import Article, Footprint, Incident, Role, Site, Status
from geomap.store import Store, merge
from tests import samples
from tests.store import records
from tests.store.conftest import START


def wording(incident: Incident, title: str) -> Incident:
    """The same incident under another title."""
    return replace(incident, title=title)


def test_what_is_loaded_equals_what_was_saved(store: Store) -> None:
    incident = samples.incident()
    assert store.save(incident) == incident
    assert store.load(incident.id) == incident


def test_an_incident_without_claims_or_reports_is_kept(store: Store) -> None:
    empty = Incident("nothing-yet", "Nothing yet", None, ())
    store.save(empty)
    assert store.load("nothing-yet") == empty


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(incident=records.INCIDENTS)
def test_any_incident_comes_back_as_it_was(store: Store, incident: Incident) -> None:
    store.save(incident)
    assert store.load(incident.id) == incident


def test_saving_again_replaces_and_keeps_the_earlier_revision(store: Store) -> None:
    first = samples.incident()
    second = replace(wording(first, "Corrected"), claims=first.claims[1:], articles=first.articles[:1])
    store.save(first)
    store.save(second)
    assert store.load(first.id) == second
    assert store.load(first.id, 1) == first
    assert [(r.number, r.title, r.reports, r.claims) for r in store.revisions(first.id)] == [
        (1, first.title, 2, len(first.claims)),
        (2, "Corrected", 1, len(first.claims) - 1),
    ]


def test_saving_the_same_again_makes_no_revision(store: Store) -> None:
    incident = samples.incident()
    store.save(incident)
    store.save(samples.incident())
    assert [(s.revision, s.updated) for s in store.list()] == [(1, START)]


def test_a_change_in_any_part_makes_a_revision(store: Store) -> None:
    incident = samples.incident()
    store.save(incident)
    changes = [
        replace(incident, when=dt.date(2001, 1, 1)),
        replace(incident, articles=(replace(incident.articles[0], outlet="Other"), *incident.articles[1:])),
        replace(incident, claims=(replace(incident.claims[0], quote="other"), *incident.claims[1:])),
        replace(incident, unplaced=()),
        replace(incident, sites=(replace(incident.sites[0], name="other"), *incident.sites[1:])),
    ]
    for number, changed in enumerate(changes, start=2):
        store.save(changed)
        assert store.summary(incident.id).revision == number


def test_the_list_counts_and_shows_what_was_saved_last_first(store: Store) -> None:
    incident = samples.incident()
    store.save(incident)
    store.save(replace(incident, id="second", claims=(), title="Second", when=None))
    second, first = store.list()
    assert (second.id, second.title, second.when, second.reports, second.claims) == ("second", "Second", None, 2, 0)
    assert (first.id, first.when, first.claims) == (incident.id, incident.when, len(incident.claims))
    assert (first.updated, second.updated) == (START, START + dt.timedelta(minutes=1))
    assert store.summary("second") == second


def test_what_is_not_there_is_not_found(store: Store) -> None:
    incident = samples.incident()
    store.save(incident)
    for ask in (store.load, store.delete, store.revisions, store.articles, store.summary):
        with pytest.raises(NotFound, match="no incident 'elsewhere'"):
            ask("elsewhere")
    with pytest.raises(NotFound, match="no revision 7"):
        store.load(incident.id, 7)
    with pytest.raises(NotFound, match="no report 'west'"):
        store.versions(incident.id, "west")


@pytest.mark.parametrize("id", ["", "Il-76", "a b", "a/b", "x" * 81, "ünter", "a\n"])
def test_an_id_that_is_no_slug_is_refused(store: Store, id: str) -> None:
    with pytest.raises(BadInput, match="a-z, 0-9 and hyphens"):
        store.save(Incident(id, "", None, ()))
    assert store.list() == ()


def test_a_deleted_incident_is_gone_and_others_stay(store: Store) -> None:
    """Two incidents share texts and places, which outlive the first."""
    incident = samples.incident()
    other = replace(incident, id="other")
    store.save(incident)
    store.save(wording(incident, "Again"))
    store.save(other)
    store.delete(incident.id)
    assert store.load("other") == other
    with pytest.raises(NotFound):
        store.load(incident.id, 1)
    store.delete("other")
    assert store.list() == ()
    assert store.claims_within((-180, -90, 180, 90)) == ()


def test_articles_come_in_order_with_their_texts(store: Store) -> None:
    incident = samples.incident()
    store.save(incident)
    assert store.articles(incident.id) == incident.articles


def test_a_changed_report_keeps_its_earlier_wording(store: Store) -> None:
    """It comes back under another file's name: outlet and address tell that it is the same report."""
    old = replace(samples.article("first", "Five people were hurt."), outlet="Paper", url="https://paper.example/1")
    new = replace(samples.article("second", "Six people were hurt."), outlet="Paper", url="https://paper.example/1")
    store.save(Incident("train", "Train", None, (old,)))
    merged = merge(store.articles("train"), [new, old])
    assert (merged.changed, merged.repeated, merged.added) == ((replace(new, id="first"),), (old,), ())
    store.save(Incident("train", "Train", None, merged.articles))
    assert [(v.revision, v.article.text) for v in store.versions("train", "first")] == [(1, old.text), (2, new.text)]


def test_the_wordings_of_every_report_up_to_a_revision(store: Store) -> None:
    """Each wording once, where it first appears; a later revision's are not in an earlier one's history."""
    old = replace(samples.article("first", "Five people were hurt."), outlet="Paper", url="https://paper.example/1")
    new = replace(samples.article("first", "Six people were hurt."), outlet="Paper", url="https://paper.example/1")
    other = samples.article("other", "The line is closed.")
    for articles in ((old, other), (new, other), (old, other)):
        store.save(Incident("train", "Train", None, articles))

    def told(revision: int | None) -> list[tuple[int, str]]:
        return [(each.revision, each.article.text) for each in store.versions("train", revision=revision)]

    assert told(None) == [(1, old.text), (1, other.text), (2, new.text)]
    assert told(1) == [(1, old.text), (1, other.text)]
    with pytest.raises(NotFound):
        store.versions("train", revision=9)


def test_a_put_says_which_revision_it_made(store: Store) -> None:
    """The number of a new one, or of the newest where nothing changed."""
    incident = samples.incident()
    assert [store.put(incident), store.put(incident), store.put(wording(incident, "Mine"))] == [1, 1, 2]


def test_hours_changes_and_notes_are_kept(store: Store) -> None:
    """With the zone that each was written in."""
    zone = dt.timezone(dt.timedelta(hours=5, minutes=30))
    hour = dt.datetime(2024, 1, 24, 14, 5, tzinfo=zone)
    found = samples.incident()
    first = replace(found.articles[0], published_at=hour, updated=hour.date(), updated_at=hour + dt.timedelta(hours=2))
    told = replace(found, articles=(first, *found.articles[1:]), note="Invented example")
    store.save(told)
    assert store.load(found.id) == told
    loaded = store.load(found.id).articles[0].updated_at
    assert loaded
    assert loaded.utcoffset() == zone.utcoffset(None)


def test_a_save_that_builds_on_an_overtaken_revision_is_refused(store: Store) -> None:
    incident = samples.incident()
    store.save(incident, expected=0)
    store.save(wording(incident, "Mine"), expected=1)
    with pytest.raises(StoreError, match="changed by another"):
        store.save(wording(incident, "Yours"), expected=1)
    assert store.load(incident.id).title == "Mine"


def located(id: str, lon: float, lat: float) -> Incident:
    """An incident with one site and one claim at a point."""
    town = samples.place(id, lon, lat)
    report = samples.article("r", f"It happened near {id}.")
    claim = samples.claim(report, f"near {id}", Role.INCIDENT_SITE, subject=town)
    point = Footprint.point(lon, lat, 500, "test")
    site = Site(Role.INCIDENT_SITE, id, point, (lon, lat), Status.REPORTED, (), ("r",), (claim.id,))
    return Incident(id, id, None, (report,), (claim,), sites=(site,))


@pytest.mark.parametrize(
    ("bounds", "found"),
    [
        ((36, 50, 37, 51), {"inland"}),
        ((-180, -90, 180, 90), {"inland", "fiji", "samoa"}),
        ((170, -30, -170, 0), {"fiji", "samoa"}),
        ((36.5, 50.5, 36.5, 50.5), {"inland"}),
        ((0, 0, 1, 1), set()),
    ],
)
def test_what_touches_a_box_is_found(store: Store, bounds: tuple[float, float, float, float], found: set[str]) -> None:
    """A box whose west lies above its east spans the antimeridian; its edge belongs to it."""
    for incident in (located("inland", 36.5, 50.5), located("fiji", 178.4, -18.1), located("samoa", -171.8, -13.8)):
        store.save(incident)
    assert {summary.id for summary in store.incidents_within(bounds)} == found
    assert {hit.incident for hit in store.claims_within(bounds)} == found


def test_a_shape_is_found_by_itself_and_not_by_its_bounds(store: Store) -> None:
    """The corner of a triangle's bounds is not in the triangle."""
    from shapely import Polygon

    base = located("triangle", 1, 1)
    triangle = Footprint(Polygon([(0, 0), (10, 0), (0, 10)]), 1_000, "test")
    store.save(replace(base, sites=(replace(base.sites[0], footprint=triangle),)))
    assert store.incidents_within((9, 9, 10, 10)) == ()
    assert len(store.incidents_within((4, 4, 5, 5))) == 1


def test_only_the_newest_revision_is_searched(store: Store) -> None:
    store.save(located("moved", 10, 10))
    store.save(replace(located("moved", 20, 20), id="moved"))
    assert store.incidents_within((9, 9, 11, 11)) == ()
    assert store.claims_within((9, 9, 11, 11)) == ()
    (hit,) = store.claims_within((19, 19, 21, 21))
    assert hit.claim == located("moved", 20, 20).claims[0]


@pytest.mark.parametrize(
    "bounds", [(0, 10, 1, 9), (0, -91, 1, 0), (-181, 0, 1, 1), (0, 0, 181, 1), (float("nan"), 0, 1, 1)]
)
def test_a_box_that_cannot_be_is_refused(store: Store, bounds: tuple[float, float, float, float]) -> None:
    with pytest.raises(BadInput, match="no box"):
        store.incidents_within(bounds)


def test_a_save_that_fails_leaves_the_earlier_state(url: str) -> None:
    """The clock fails in the middle of the transaction, as a full disk or a crash would."""
    incident = samples.incident()
    with Store(url) as store:
        store.save(incident)

    def broken() -> dt.datetime:
        raise RuntimeError("out of time")

    with Store(url, now=broken) as store, pytest.raises(RuntimeError):
        store.save(wording(incident, "Lost"))
    with Store(url) as store:
        assert store.load(incident.id) == incident
        assert len(store.revisions(incident.id)) == 1


def test_a_text_that_no_database_holds_is_refused_whole(store: Store) -> None:
    incident = samples.incident()
    store.save(incident)
    broken = Article("bad", "half \ud800 a pair", "0")
    with pytest.raises(StoreError, match="surrogate"):
        store.save(replace(incident, articles=(*incident.articles, broken)))
    assert store.load(incident.id) == incident


def test_readers_see_whole_revisions_while_one_writes(store: Store) -> None:
    incident = samples.incident()
    store.save(incident)
    stop = threading.Event()
    seen: list[Incident] = []
    failures: list[Exception] = []

    def read() -> None:
        done = False
        while not done:  # once more after the last save, so that each reader has read however late it started
            done = stop.is_set()
            try:
                seen.append(store.load(incident.id))
            except StoreError as error:
                failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(10):
        keep = number % 5 + 1
        store.save(replace(incident, title=str(keep), claims=incident.claims[:keep]))
    stop.set()
    for reader in readers:
        reader.join()
    assert not failures
    assert seen
    assert all(found == incident or found.title == str(len(found.claims)) for found in seen)


def test_writers_wait_for_each_other(url: str) -> None:
    """Four at once, each with a store of its own, onto one incident: every save is a revision."""
    incident = samples.incident()
    stores = [Store(url) for _ in range(4)]
    failures: list[Exception] = []

    def write(number: int) -> None:
        try:
            for turn in range(3):
                stores[number].save(wording(incident, f"{number}.{turn}"))
        except StoreError as error:
            failures.append(error)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert not failures
    assert [revision.number for revision in stores[0].revisions(incident.id)] == list(range(1, 13))
    for opened in stores:
        opened.close()


def test_two_may_open_a_new_store_at_once(url: str) -> None:
    failures: list[Exception] = []

    def open_it() -> None:
        try:
            Store(url).close()
        except StoreError as error:
            failures.append(error)

    openers = [threading.Thread(target=open_it) for _ in range(4)]
    for opener in openers:
        opener.start()
    for opener in openers:
        opener.join()
    assert not failures


def test_an_incident_of_a_thousand_reports_is_saved_and_loaded(store: Store) -> None:
    incident = records.big(1_000)
    store.save(incident)
    assert store.load("big") == incident
