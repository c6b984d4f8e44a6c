"""The second reader: what it is told of a report, how it is cut, and what is made of the network's opinion."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap import claims
from geomap.claims import grammar, rules
from geomap.claims.grammar import Syntax
from geomap.claims.rules import FirstReading
from geomap.claims.second.candidates import candidates
from geomap.claims.second.labels import LABELS, label, numbers
from geomap.claims.second.marks import Marks, marks
from geomap.claims.second.opinion import Opinion
from geomap.claims.second.weigh import Bars, weigh
from geomap.claims.second.windows import BEFORE, LONGEST, windows
from geomap.geoparse import recognize, resolve
from geomap.model import (
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
    Token,
)
from geomap.parse import SpacyParser

TEXT = (
    "Four miners were killed in an explosion near Lubin on Tuesday, the mine's owner said. "
    "The lift stopped at 21:40. Doctors in Wrocław saw to a guard. A worn cable had been seen, unions say."
)
parse = SpacyParser()


def article(text: str = TEXT) -> Article:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article("r", text, digest, outlet="Silesian Post", published=dt.date(2031, 6, 5))


@dataclass
class Read:
    """A report as the rules read it, and an opinion to fill in."""

    first: FirstReading
    opinion: Opinion
    marked: Marks = field(init=False)

    def __post_init__(self) -> None:
        self.those = list(candidates(self.first))
        self.marked = marks(self.first.syntax, self.first.claims, self.those, self.first.speech)

    def token(self, word: str) -> int:
        return next(i for i, token in enumerate(self.first.syntax.tokens) if token.text == word)

    def say(self, words: str, name: str, likely: float = 0.98) -> None:
        for word in words.split():
            self.opinion.labels[self.token(word), numbers()[name]] = likely

    def added(self) -> list[Claim]:
        """What the network finds besides."""
        ruled = {(claim.role, claim.value) for claim in self.first.claims}
        return [claim for claim in self.weighed() if (claim.role, claim.value) not in ruled]

    def weighed(self, bars: Bars | None = None) -> list[Claim]:
        """All claims; unless ``bars`` says so none of the rules' is struck out."""
        return weigh(self.first, self.those, self.marked, self.opinion, bars=bars or Bars(keep=0.0, hardly=0.0))


@pytest.fixture
def read(gazetteer: Gazetteer) -> Callable[[str], Read]:
    def run(text: str) -> Read:
        told = article(text)
        analysis = parse(told)
        mentions = recognize.recognize(told, analysis, gazetteer)
        first = rules.read(told, analysis, resolve.resolve(told, analysis, mentions, gazetteer))
        nothing = Opinion.none(len(first.syntax.tokens))
        nothing.sure[:] = 1
        return Read(first, nothing)

    return run


def test_what_the_rules_found_stands(read: Callable[[str], Read]) -> None:
    report = read(TEXT)
    assert {(claim.role, claim.quote) for claim in report.first.claims} == {
        (claim.role, claim.quote) for claim in report.weighed()
    }


def test_it_adds_a_place_a_number_a_person_and_a_thing(read: Callable[[str], Read]) -> None:
    report = read(TEXT)
    report.say("Wrocław", "destination")
    report.say("guard", "count:injured")
    report.say("A worn cable", "cause")
    found = report.added()
    assert {claim.role for claim in found} == {Role.DESTINATION, Role.COUNT, Role.CAUSE}
    assert [claim.value for claim in found if isinstance(claim.value, Count)] == [Count(1, "injured")]
    assert [claim.value for claim in found if claim.role is Role.CAUSE] == [Matter("worn cable")]


def test_what_it_half_doubts_says_so(read: Callable[[str], Read]) -> None:
    report = read(TEXT)
    report.say("guard", "count:injured", 0.88)
    report.say("A worn cable", "cause", 0.97)
    assert {claim.role: claim.sure for claim in report.added()} == {Role.COUNT: False, Role.CAUSE: True}


def test_a_number_has_one_meaning_unless_another_is_nearly_sure(read: Callable[[str], Read]) -> None:
    report = read("The mine near Lubin has 40 men below ground.")
    report.say("40", "count:trapped", 0.92)
    report.say("40", "count:crew", 0.8)
    assert [claim.value for claim in report.added()] == [Count(40, "trapped")]


def test_the_dead_whom_the_rules_counted_have_no_other_fate(read: Callable[[str], Read]) -> None:
    report = read(TEXT)
    report.say("Four", "count:rescued", 0.99)
    assert report.added() == []


def test_a_crew_that_the_rules_counted_may_be_rescued_besides(read: Callable[[str], Read]) -> None:
    report = read("The trawler sank off Gdańsk on Tuesday. Six crew members were plucked from a raft.")
    report.say("Six", "count:rescued", 0.97)
    counted = {claim.value for claim in report.weighed() if isinstance(claim.value, Count)}
    assert {Count(6, "crew"), Count(6, "rescued")} <= counted


def test_the_rescued_whom_the_rules_counted_may_be_crew_besides(read: Callable[[str], Read]) -> None:
    report = read("The trawler sank off Gdańsk on Tuesday. Its six deckhands were rescued, the owner said.")
    report.say("six", "count:crew", 0.9)
    counted = {claim.value for claim in report.weighed() if isinstance(claim.value, Count)}
    assert {Count(6, "crew"), Count(6, "rescued")} <= counted


OTHER = "In 2019 a gas leak in another pit, at Bytom, killed seven."


@pytest.mark.parametrize(
    ("before", "likely", "added"),
    [(TEXT, 0.97, [Count(7, "killed")]), (TEXT, 0.94, []), (f"{TEXT} Shifts went on. The state pays.", 0.97, [])],
)
def test_another_event_by_the_rules_is_the_news_only_where_a_report_opens(
    read: Callable[[str], Read], before: str, likely: float, added: list[Count]
) -> None:
    report = read(f"{before} {OTHER}")
    report.say("seven", "count:killed", likely)
    assert [claim.value for claim in report.added()] == added


def test_a_further_site_is_never_taken_from_another_event(read: Callable[[str], Read]) -> None:
    report = read(f"{TEXT} {OTHER}")
    report.say("Bytom", "incident-site", 0.99)
    assert report.added() == []


def test_what_its_sentence_denies_is_denied(read: Callable[[str], Read]) -> None:
    report = read(f"{TEXT} The owner ruled out methane and cited a spark.")
    report.say("methane", "cause")
    report.say("spark", "cause")
    said = {claim.quote: claim.attribution.status for claim in report.added()}
    assert said["methane"] is Status.DENIED
    assert said["spark"] is not Status.DENIED


def test_people_joined_are_counted_as_one_sum(read: Callable[[str], Read]) -> None:
    report = read("Two Italians and a Spaniard, held near Lubin for seven months, are home again, their families said.")
    report.say("and", "count:freed")
    (claim,) = report.added()
    assert (claim.value, claim.quote) == (Count(3, "freed"), "Two Italians and a Spaniard")


@pytest.mark.parametrize(
    "joined",
    ["three ships and two aircraft", "the survivors and a guard", "an engine and a wing", "his leg and an arm"],
)
def test_no_sum_where_not_all_are_people_or_one_is_not_counted(read: Callable[[str], Read], joined: str) -> None:
    report = read(f"The port near Lubin lost {joined} on Tuesday, the owner said.")
    report.say("and", "count:killed")
    assert report.added() == []


@pytest.mark.parametrize(
    ("told", "word", "count"),
    [
        ("A couple were found dead near Lubin.", "couple", 2),
        ("A 17-year-old was arrested near Lubin.", "old", 1),
        ("A policeman and his two sons were held near Lubin.", "and", 3),
        ("All eleven on the bus near Lubin are safe.", "safe", 0),
        ("The bus left Lubin; all are accounted for.", "accounted", 0),
        ("A bus carrying 32 people crashed near Lubin, hurting everyone on board.", "everyone", 32),
        ("A bus crashed near Lubin, hurting both pilots and a guest.", "both", 2),
        ("A bus carrying 32 people crashed near Lubin. All of them live.", "All", 32),
        ("A sixth victim of the crash near Lubin was named.", "sixth", 6),
        ("The plane fell near Lubin. Two pilots, a doctor and a medic were in it.", "and", 4),
        ("A fishmonger of 55 and a customer were in the shop near Lubin.", "and", 2),
        ("The skipper and the engineer left Lubin at noon.", "and", 2),
    ],
)
def test_people_are_counted_without_a_number(read: Callable[[str], Read], told: str, word: str, count: int) -> None:
    report = read(told)
    report.say(word, "count:survivors", 0.99)
    assert Count(count, "survivors") in [claim.value for claim in report.added()]


@pytest.mark.parametrize(
    ("told", "word", "weapons"),
    [
        (
            "Lubin was hit. Of 19 drones that were launched, air defences brought down 15.",
            "15",
            Count(15, "drones-fired"),
        ),
        ("Lubin was hit. The enemy sent 31 attack drones.", "31", Count(31, "drones-fired")),
        ("Lubin was hit. The army met 94 unmanned aircraft.", "94", Count(94, "drones-fired")),
        ("Lubin was hit. Air defences counted 15.", "15", None),
        ("Lubin was hit. They met 30 of the drones and 8 of the missiles.", "8", Count(8, "missiles-fired")),
    ],
)
def test_weapons_are_counted_by_their_noun_or_by_that_of_those_before(
    read: Callable[[str], Read], told: str, word: str, weapons: Count | None
) -> None:
    report = read(told)
    report.say(word, "count:-fired", 0.99)
    assert [claim.value for claim in report.added()] == [weapons] * bool(weapons)


def test_a_name_that_only_its_place_says_is_one_may_be_a_site(read: Callable[[str], Read]) -> None:
    report = read("Raiders struck a kraal at Lokopo on Sunday. Lokopo Mining Union, a body, met in Lubin.")
    report.say("Lokopo", "incident-site", 0.99)
    (claim,) = report.added()
    assert (claim.quote, claim.subject and claim.subject.place) == ("at Lokopo", None)


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ("A bus crashed near Lubin, hurting everyone on board.", "everyone"),
        ("Both passengers and staff were hurt near Lubin.", "Both"),
    ],
)
def test_who_is_not_counted_makes_no_claim(read: Callable[[str], Read], told: str, word: str) -> None:
    report = read(told)
    report.say(word, "count:injured", 0.99)
    assert report.added() == []


@pytest.mark.parametrize(
    "told",
    [
        "A lorry hit a motorist near Lubin and two passengers died.",
        "And two guards were hurt near Lubin, says a medic",
        "She was a nurse, a wife and mother near Lubin.",
    ],
)
def test_no_sum_of_what_two_clauses_tell(read: Callable[[str], Read], told: str) -> None:
    report = read(told)
    report.say(next(word for word in ("and", "And") if f"{word} " in told), "count:injured", 0.99)
    assert not any(isinstance(claim.value, Count) and claim.value.count > 2 for claim in report.added())
    assert "and" not in [claim.quote for claim in report.added()]


def test_neither_and_not_say_that_none_were(read: Callable[[str], Read]) -> None:
    report = read("A coach left the road near Lubin. Neither driver was harmed; the passengers weren't hurt at all.")
    report.say("Neither n't", "count:injured")
    assert [claim.value for claim in report.added()] == [Count(0, "injured")] * 2


def test_what_is_told_of_another_event_is_left_out(read: Callable[[str], Read]) -> None:
    """However sure the network is."""
    report = read(f"{TEXT} In 2019 a fire near Legnica killed six.")
    report.say("Legnica", "incident-site", 0.99)
    assert report.added() == []


def test_a_place_that_another_is_measured_from_is_no_site(read: Callable[[str], Read]) -> None:
    report = read("A plane came down on Tuesday in Lubin, 20 km north of Legnica, police said.")
    report.say("Legnica", "crash-site", 0.99)
    assert report.added() == []


def test_a_clock_time_is_on_the_day_told_before_it(read: Callable[[str], Read]) -> None:
    report = read(TEXT)
    report.say("21:40", "time")
    values = [claim.value for claim in report.added()]
    assert [value.date for value in values if isinstance(value, ClockTime) and value.local == "21:40"] == ["2031-06-03"]


@pytest.mark.parametrize(
    ("told", "words", "hour"),
    [
        ("The bus left Lubin at 16:20 and was gone by nine.", "by nine", "21:00"),
        ("At 0250 the ship near Lubin did not answer.", "0250", "02:50"),
        ("The bus left Lubin at 14:20. Half an hour later it burned.", "Half an hour later", "14:50"),
        ("The bus left Lubin at 14:20. Twenty minutes earlier it had stood; ten minutes later it rolled.",
         "ten minutes later", "14:10"),
        ("The bus left Lubin at half ten.", "half ten", "10:30"),
        ("The bus left Lubin at 14:20. The toll rose to nine. Twenty-two minutes later it burned.",
         "Twenty-two minutes later", "14:42"),
        ("The bus left Lubin at 14:20. A quarter of an hour earlier it was seen.",
         "A quarter of an hour earlier", "14:05"),
    ],
)  # fmt: skip
def test_hours_that_may_be_none_are_read_where_it_is_sure(
    read: Callable[[str], Read], told: str, words: str, hour: str
) -> None:
    report = read(told)
    start = told.index(words)
    for index in report.first.syntax.within(Span(start, start + len(words))):
        report.opinion.labels[index, numbers()["time"]] = 0.98
    assert hour in [value.local for claim in report.added() if isinstance(value := claim.value, ClockTime)]


def test_a_moment_counted_past_midnight_is_on_the_next_day(read: Callable[[str], Read]) -> None:
    report = read("The bus left Lubin at 23:50 on Monday. Half an hour later it burned.")
    report.say("Half an hour later", "time")
    assert ("00:20", "2031-06-03") in [
        (value.local, value.date) for claim in report.added() if isinstance(value := claim.value, ClockTime)
    ]


@pytest.mark.parametrize("told", ["It struck at two sites near Lubin.", "Prices near Lubin rose by 10 per cent."])
def test_numbers_that_count_something_are_no_hours(read: Callable[[str], Read], told: str) -> None:
    report = read(told)
    report.opinion.labels[:, numbers()["time"]] = 0.99
    assert report.added() == []


def test_a_part_of_a_day_is_of_the_day_told_before_it(read: Callable[[str], Read]) -> None:
    report = read("Shells fell on Lubin on Monday. Two died that night.")
    report.say("that night", "time")
    (night,) = [claim for claim in report.weighed() if claim.quote == "that night"]
    assert night.value == ClockTime(date="2031-06-02")


def test_an_hour_is_of_the_day_on_which_something_happened(read: Callable[[str], Read]) -> None:
    """Not of one that the report names besides."""
    report = read("On Monday a blast struck a mine near Lubin.\n\nThe owner had flown out on Sunday. Call: 14:22.")
    report.say("Monday 14:22", "time")
    (hour,) = [value for claim in report.added() if isinstance(value := claim.value, ClockTime) and value.local]
    assert hour.date == "2031-06-02"


def test_a_place_that_nobody_took_for_one_is_a_site_without_a_point(read: Callable[[str], Read]) -> None:
    report = read("A minibus burned on the M62 on Tuesday, police said.")
    report.say("M62", "incident-site")
    (claim,) = [claim for claim in report.weighed() if claim.role is Role.INCIDENT_SITE]
    assert claim.subject is not None
    assert (claim.subject.text, claim.subject.place) == ("M62", None)


def test_who_denies_what_another_tells_has_a_claim_of_his_own(read: Callable[[str], Read]) -> None:
    report = read("Four miners died near Lubin of gas, unions say. The owner calls that nonsense.")
    report.say("gas", "cause")
    report.opinion.teller[:] = report.token("unions")
    report.opinion.denier[report.token("gas")] = report.token("owner")
    report.opinion.denied[report.token("gas")] = 0.9
    told = {(c.attribution.speaker, c.attribution.status) for c in report.weighed() if c.role is Role.CAUSE}
    assert told == {("unions", Status.CLAIMED), ("owner", Status.DENIED)}


def test_nobody_denies_his_own_words(read: Callable[[str], Read]) -> None:
    report = read("Four miners died near Lubin of gas, unions say.")
    report.say("gas", "cause")
    report.opinion.teller[:] = report.opinion.denier[:] = report.token("unions")
    report.opinion.denied[:] = 0.9
    assert Status.DENIED not in {claim.attribution.status for claim in report.weighed()}


def test_its_speaker_is_shown_by_the_name_that_the_rules_have_for_it(read: Callable[[str], Read]) -> None:
    report = read(TEXT)
    report.say("21:40", "time")
    at = report.token("21:40")
    report.opinion.teller[at] = report.token("owner")
    (claim,) = report.added()
    assert claim.attribution.speaker == "mine's owner"
    assert claim.attribution.chain[0] == "Silesian Post"


def test_a_speaker_whom_the_rules_missed_in_its_words_is_named(read: Callable[[str], Read]) -> None:
    report = read("Trinidad and Tobago's coast guard puts the toll at four. The boat sank on Tuesday near Lubin.")
    report.opinion.teller[:] = report.token("guard")
    (site,) = [claim for claim in report.weighed() if claim.role is Role.INCIDENT_SITE]
    assert site.attribution.speaker == "Tobago's coast guard"


def test_what_the_network_takes_for_no_claim_is_left_out(read: Callable[[str], Read]) -> None:
    """But never the last site on the map, nor captives."""
    report = read(f"{TEXT} Six prisoners and two passengers were on the lift.")
    assert {Count(4, "killed"), Count(2, "passengers")} <= {claim.value for claim in report.weighed()}
    kept = report.weighed(Bars())
    assert {claim.role for claim in kept} == {Role.INCIDENT_SITE, Role.COUNT}
    assert [claim.value for claim in kept if claim.role is Role.COUNT] == [Count(6, "prisoners")]


def test_a_site_goes_only_where_the_report_has_another_on_the_map(read: Callable[[str], Read]) -> None:
    report = read("Four miners were killed in an explosion at Polkowice and Legnica on Tuesday. Walls in Lubin shook.")
    report.say("Legnica", "incident-site", 0.08)

    def sites() -> list[str]:
        return [claim.subject.text for claim in report.weighed(Bars()) if claim.subject]

    assert sites() == ["Polkowice", "Legnica"]
    report.say("Lubin", "incident-site")
    assert sites() == ["Legnica", "Lubin"]
    report.say("Polkowice", "incident-site")
    assert sites() == ["Polkowice", "Lubin"]


def test_a_site_that_bounds_the_region_stays(read: Callable[[str], Read]) -> None:
    report = read("Four miners were killed in an explosion at Polkowice, northwest of Lubin, on Tuesday.")
    report.say("Polkowice", "incident-site")
    assert "Lubin" in [claim.subject.text for claim in report.weighed(Bars()) if claim.subject]


@pytest.mark.parametrize(("likely", "roles"), [(0.95, {"incident-site"}), (0.85, {"origin", "destination", "route"})])
def test_what_lies_between_two_places_is_a_site_or_a_way(
    read: Callable[[str], Read], likely: float, roles: set[str]
) -> None:
    """The rules read a train "heading for X, between Y and Z" as going from Y to Z; not both are true."""
    report = read(
        "Nine died when a train hit a goods train. One was travelling between Lubin and Wrocław when it began."
    )
    report.say("Lubin", "incident-site", likely)
    report.say("Lubin", "origin", 0.9)
    report.say("Wrocław", "destination", 0.9)
    told = {str(claim.role) for claim in report.weighed() if claim.subject and claim.subject.place}
    assert told == roles


def test_an_hour_is_of_a_day_that_the_report_names_elsewhere(read: Callable[[str], Read]) -> None:
    report = read("Smoke turned day into night near Lubin on Sunday, and four died.\n\nFirst call: 14:22.")
    report.say("14:22", "time")
    (hour,) = [value for claim in report.added() if isinstance(value := claim.value, ClockTime) and value.local]
    assert (hour.local, hour.date) == ("14:22", "2031-06-01")


def test_a_speaker_it_is_not_sure_of_is_the_one_of_the_rules(read: Callable[[str], Read]) -> None:
    report = read(TEXT)
    report.opinion.teller[:] = report.token("unions")
    report.opinion.sure[:] = 0.2
    (site,) = [claim for claim in report.weighed() if claim.role is Role.INCIDENT_SITE]
    assert site.attribution.speaker == "mine's owner"


@pytest.mark.parametrize(
    ("named", "sure", "speaker"),
    [("owner", 0.7, "Silesian Post"), ("owner", 0.9, "mine's owner"), ("unions", 0.99, "Silesian Post")],
)
def test_a_speaker_of_another_paragraph_is_heard_behind_it_and_where_it_is_sure(
    read: Callable[[str], Read], named: str, sure: float, speaker: str
) -> None:
    first, second = "The mine's owner said it would rain.", "A worn cable had been seen, unions say."
    report = read(f"{first}\n\nFour miners were killed in an explosion near Lubin.\n\n{second}")
    report.opinion.teller[:] = report.token(named)
    report.opinion.sure[:] = sure
    (site,) = [claim for claim in report.weighed() if claim.role is Role.INCIDENT_SITE]
    assert site.attribution.speaker == speaker


def test_a_way_is_drawn_between_ends_of_one_sentence(read: Callable[[str], Read]) -> None:
    report = read("A coach was going from Lubin to Legnica when it left the road.")
    report.say("Lubin", "origin")
    report.say("Legnica", "destination")
    assert [claim.role for claim in report.weighed()] == [Role.ORIGIN, Role.DESTINATION, Role.ROUTE]


def test_marks_say_what_the_rules_made_of_each_word(read: Callable[[str], Read]) -> None:
    report = read(TEXT)
    assert report.marked.marks[report.token("Lubin")] > report.marked.marks[report.token("Wrocław")] > 0
    assert report.marked.marks[report.token("stopped")] == 0
    assert report.marked.voices[report.token("miners")] & 1
    assert report.marked.voices[report.token("owner")] & 2
    assert report.marked.voices[0] & 4


def test_the_card_is_that_of_the_network_beside_it() -> None:
    folder = Path(claims.__file__).parent / "second" / "weights"
    digest = hashlib.sha256((folder / "reader.onnx").read_bytes()).hexdigest()
    assert digest in (folder / "card.md").read_text("utf-8")


def test_every_label_is_a_role_or_something_counted() -> None:
    assert len(set(LABELS)) == len(LABELS)
    assert label.__doc__
    assert {name for name in LABELS if not name.startswith("count:")} <= {str(role) for role in Role}


class Letters:
    """A tokenizer of one piece a letter."""

    def encode(self, text: str, *, add_special_tokens: bool) -> Letters:
        assert not add_special_tokens
        self.offsets = [(i, i + 1) for i, letter in enumerate(text) if letter != " "]
        self.ids = [ord(text[start]) % 1000 for start, _ in self.offsets]
        return self


@given(st.lists(st.integers(1, 160), min_size=1, max_size=30))
def test_each_word_is_judged_once_and_no_window_is_too_long(lengths: Sequence[int]) -> None:
    """Whatever the sentences' lengths: windows hold at most their room, and repeat no more than they may."""
    syntax = _syntax(" ".join(" ".join(["word"] * length) + "." for length in lengths))
    judged: list[int] = []
    for window in windows(Letters(), syntax):  # type: ignore[arg-type]
        assert len(window.pieces) == len(window.tokens) <= LONGEST
        assert window.known <= BEFORE
        fresh = window.first & (np.arange(len(window.tokens)) >= window.known)
        judged += window.tokens[fresh].tolist()
    assert set(judged) == set(range(len(syntax.tokens)))
    letters = [4 * (sentence.last - sentence.first) + 1 for sentence in syntax.sentences]
    assert len(judged) - len(set(judged)) <= sum(length // (LONGEST - BEFORE) for length in letters)


def _syntax(text: str) -> Syntax:
    tokens, sentences, first, start = [], [], 0, 0
    for index, word in enumerate(text.split(" ")):
        begin = text.index(word, start)
        start = begin + len(word)
        tokens.append(Token(begin, start, word, word, "NOUN", "NN", "ROOT", index))
        if word.endswith("."):
            sentences.append(Sentence(Span(tokens[first].start, start), first, index + 1, 0))
            first = index + 1
    return grammar.read(article(text), Analysis("r", tuple(tokens), tuple(sentences), ()))


def test_both_readers_can_be_had_apart(gazetteer: Gazetteer) -> None:
    """Without a second reader the rules' claims stand."""
    told = article()
    analysis = parse(told)
    mentions = recognize.recognize(told, analysis, gazetteer)
    found = claims.Extractor(None)(told, analysis, resolve.resolve(told, analysis, mentions, gazetteer))
    assert Role.INCIDENT_SITE in {claim.role for claim in found}
