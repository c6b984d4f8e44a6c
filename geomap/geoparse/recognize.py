"""Finding the place names in a report.

A tagger's places, the gazetteer's names and the cue words of ``cues/`` each propose spans of words; what is inside a
person's or an organisation's name is marked as embedded, the people of a place as a demonym. A name found once is
found wherever it stands in the report. Time grows with the length of the report alone.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import takewhile

from geomap.geoparse.atlas import Atlas, demonym_of
from geomap.geoparse.cues import Cues, aliases, cues
from geomap.geoparse.kinds import kind_of
from geomap.geoparse.labels import Labels, label, votes
from geomap.geoparse.spans import LARGE, MIDDLING, SMALL, Found, Spans
from geomap.geoparse.tagger import OnnxTagger
from geomap.geoparse.words import Word, words
from geomap.model import Analysis, Article, Gazetteer, Mention, Span

RECOGNIZER = "tagger-1"
ACRONYM = 4
"""Letters in the longest all-capital name that is taken for an acronym unless our tables know it."""
SHORT = 2
"""Letters of a postal code, which is a word as often as a place."""

Tag = Callable[[Article], Analysis]
"""A report to an analysis whose entities are the only part used."""


class Recognizer:
    """Finds the place names of a report: a tagger's places, set right and added to by the gazetteer and the cue words.

    ``tag`` makes entities of a report; None takes those of the analysis that comes with the report.
    """

    def __init__(self, tag: Tag | None) -> None:
        self._tag = tag

    def __call__(
        self, article: Article, analysis: Analysis | None, gazetteer: Gazetteer | Atlas
    ) -> tuple[Mention, ...]:
        """Every place name of ``article`` in the order of the text, without overlaps; entities are not required."""
        atlas = gazetteer if isinstance(gazetteer, Atlas) else Atlas(gazetteer)
        text = words(article.text, article.body)
        tagged = self._tag(article) if self._tag else analysis
        labels = label(text, tagged.entities if tagged else ())
        search = _Search(article.text, text, labels, atlas, cues())
        return tuple(_mention(article, text, found, labels, search) for found in search.all())


recognize = Recognizer(OnnxTagger())
"""The default: our own tagger's entities, whatever analysis comes with the report; its weights load on first use."""


def _mention(article: Article, text: tuple[Word, ...], found: Found, labels: Labels, search: _Search) -> Mention:
    span = Span(text[found.first].start, search.end(found))
    kind = kind_of(text, labels, found.first, found.last, demonym=found.source == "demonym", large=search.large)
    return Mention(article.id, span, article.quote(span), kind, f"{RECOGNIZER}:{found.source}")


class _Search(Spans):
    """One report's search: each rule reads the words and adds what it finds to ``taken``."""

    def __init__(self, raw: str, text: tuple[Word, ...], labels: Labels, atlas: Atlas, table: Cues) -> None:
        super().__init__(raw, text, labels, atlas, table)
        self.votes = votes(text, labels)
        self.crafts = self._crafts()
        self.lowercase = frozenset(word.text for word in text if not word.capital)

    def all(self) -> list[Found]:
        """The rules in order: what an earlier one took, a later one leaves alone."""
        for rule in (
            self._demonyms,
            self._ends_of_ways,
            self._designated,
            self._tagged,
            self._introduced,
            self._abbreviated,
            self._known,
        ):
            rule()
        self._repeated()
        self._embedded()
        return list(dict.fromkeys(found for found in self.taken if found))

    # --- the rules ---------------------------------------------------------------------------------------------------

    def _demonyms(self) -> None:
        for first in range(len(self.text)):
            if not self.text[first].capital or self.labels.label(first) == "PER":
                continue
            size = next((size for size in (3, 2, 1) if self._is_demonym(first, first + size)), 0)
            longer = size and self._longer_name(first, size)
            if size:
                self._take(first, first + (longer or size), "gazetteer" if longer else "demonym")

    def _ends_of_ways(self) -> None:
        """Two names that a hyphen joins where a way runs from one to the other: "the Kaduna-Kachia road"."""
        for index, word in enumerate(self.text):
            if not (word.hyphen and word.capital and index and self.text[index - 1].capital):
                continue
            lasts = [last for last in range(min(index + 3, len(self.text)), index, -1) if self._leads(last)]
            for first, last in ((first, last) for last in lasts for first in range(max(0, index - 3), index)):
                two = self._is_end(first, index) and self._is_end(index, last)
                if two and self._weight(first, last) < SMALL:  # unlike "Winston-Salem", one place
                    self._take(first, index, "gazetteer")
                    self._take(index, last, "gazetteer")
                    break

    def _leads(self, last: int) -> bool:
        """Whether a way's noun follows, or a word and it: "road", "federal highway"."""
        following = takewhile(lambda word: word.joined, self.text[last : last + 2])
        return any(word.lower in self.table.ways for word in following)

    def _is_end(self, first: int, last: int) -> bool:
        run = self.text[first:last]
        named = all(word.capital for word in run) and all(word.joined for word in run[1:])
        return named and self._free(first, last) and self._weight(first, last) >= SMALL

    def _designated(self) -> None:
        """A name and the word that says what it is: "Belgorod region"."""
        for index, word in enumerate(self.text):
            size = self._designator(index)
            if size and word.joined:
                first, last = self._name_before(index), index + size
                if first is not None and self._free(first, last) and not self._no_place(first, last):
                    self._take(first, self._further(first, last), "designator")

    def _further(self, first: int, last: int) -> int:
        """To the end of a longer name that has a second such word: "Johnson County Executive Airport"."""
        for end in range(min(len(self.text), last + 3), last, -1):
            run = self.text[last:end]
            named = all(word.capital and word.joined for word in run) and self._designator(end - 1)
            if named and self._free(last, end) and self._weight(first, end):
                return end
        return last

    def _tagged(self) -> None:
        for span in self.labels.spans:
            if span.label == "LOC":
                first, last = self._trim(span.first, span.last)
                if first < last and self._free(first, last) and self._nameable(first, last):
                    first, last = self._whole(first, last)
                    self._take(first, self._grow(last), "tagger")

    def _introduced(self) -> None:
        """Names that the words about them make places: "the village of X", "X, a town in Y"."""
        for first, last in self._runs():
            before = tuple(word.lower for word in self.text[max(0, first - 3) : first])
            introduced = any(before[-size:] in self.table.introduces for size in (2, 3)) and self.text[first].joined
            if introduced or self._apposed(last):
                begin, end = self._trim(first, last)
                if begin < end and self._free(begin, end) and self._nameable(begin, end):
                    self._take(begin, end, "cue")

    def _abbreviated(self) -> None:
        """A short form after a comma ("Springfield, Ill."), or an unmistakable one anywhere."""
        for index, word in enumerate(self.text):
            written = self.raw[word.start : word.end + 1] if not word.text.endswith(".") else word.text
            name = written if written in aliases() else word.text
            if name not in aliases() or self.taken[index] or self.labels.around(index, index + 1):
                continue
            after_comma = self.raw[word.start - 2 : word.start] == ", " and index > 0 and self.text[index - 1].capital
            plain = name.count(".") > 1 or name in self.table.alone
            if after_comma or plain:
                self._take(index, index + 1, "abbreviation")

    def _known(self) -> None:
        """Names that the gazetteer knows, where no person, organisation or common word claims them."""
        for first, last in self._runs():
            begin, end = self._without_titles(first, last)
            nameable = begin < end and self._free(begin, end) and self._nameable(begin, end)
            if nameable and self._is_known(begin, end, titled=end < last):
                self._take(begin, end, "gazetteer")

    def _repeated(self) -> None:
        """What was found once is found everywhere, outside persons and organisations."""
        names: dict[tuple[str, ...], None] = {}
        for found in dict.fromkeys(found for found in self.taken if found):
            if found.source in {"demonym", "abbreviation"} or not self._holds(found):
                continue
            name = tuple(word.text for word in self.text[found.first : found.last])
            names[name] = None
            if found.source == "designator" and self._weight(found.first, found.first + len(self._core(name)), 0.9):
                names[self._core(name)] = None
        firsts: dict[str, list[tuple[str, ...]]] = {}
        for name in sorted(names, key=len, reverse=True):
            firsts.setdefault(name[0], []).append(name)
        for index, word in enumerate(self.text):
            for name in firsts.get(word.text, ()):
                last = index + len(name)
                if self._matches(index, name) and self._free(index, last) and not self._in_larger(index, last):
                    self._take(index, last, "repeat")
                    break

    def _embedded(self) -> None:
        """Places inside the names of organisations and persons ("Kyiv Independent")."""
        known = {self._surface(found.first, found.last) for found in self.taken if found}
        for span in self.labels.spans:
            if span.label not in {"ORG", "PER", "OTH"} or span.size < 2:
                continue
            for first in range(span.first, span.last):
                for last in range(min(span.last, first + 3), first, -1):
                    if last - first == span.size or not self._free(first, last) or not self.text[first].capital:
                        continue
                    if self._surface(first, last) in known or (span.label != "PER" and self.large(first, last)):
                        if self._nameable(first, last):
                            self._take(first, last, "inside")
                        break

    # --- what the rules ask ------------------------------------------------------------------------------------------

    def _holds(self, found: Found) -> bool:
        """Whether a name that one place in the report makes a toponym may be one in the whole report.

        A name that the gazetteer has may; another only where the tagger takes it for a place at least half the time.
        """
        if found.source != "tagger" or self._weight(found.first, found.last, fit=0.85) >= SMALL:
            return True
        taken, seen = self.votes.get(self.text[found.first].text, (1, 1))
        return 2 * taken >= seen

    def _core(self, name: tuple[str, ...]) -> tuple[str, ...]:
        """A name without the lower-case words that end it: "Oryol" of "Oryol region"."""
        size = next((i for i, word in enumerate(name) if not word[0].isupper()), len(name))
        return name[:size]

    def _is_demonym(self, first: int, last: int) -> bool:
        run = self.text[first:last]
        whole = len(run) == last - first and all(word.joined for word in run[1:])
        return whole and self._free(first, last) and demonym_of([word.text for word in run]) is not None

    def _longer_name(self, first: int, size: int) -> int:
        """How many words a place's name has that begins with a demonym ("British Columbia"); 0 where there is none."""
        for longer in (size + 2, size + 1):
            run = self.text[first : first + longer]
            whole = len(run) == longer and all(word.joined and word.capital for word in run[1:])
            if whole and self._weight(first, first + longer) >= MIDDLING:
                return longer
        return 0

    def _nameable(self, first: int, last: int) -> bool:
        surface = self._surface(first, last)
        return (
            len(surface) > 1
            and surface not in self.table.never
            and (last - first == 1 or self.text[last - 1].text not in self.table.never_last)
            and not self.table.never_shape.search(surface)
            and not (last - first == 1 and surface in self.labels.surnames)
            and not self._after_title(first)
            and surface not in self.crafts
            and not self._ship(first, last)
            and not (last < len(self.text) and self.text[last].hyphen and self.text[last].text[0].isdigit())
        )

    def _after_title(self, first: int) -> bool:
        return first > 0 and self.text[first].joined and self.text[first - 1].text in self.table.person_titles

    def _crafts(self) -> frozenset[str]:
        """Names of ships and storms: capitalised words behind "tanker", "Hurricane" and the like."""
        found = set()
        for first, last in self._runs():
            start = first + (self.text[first].text in self.table.craft)
            if start and start < last and self.text[start].joined and self.text[start - 1].text in self.table.craft:
                found.add(self._surface(start, last))
        return frozenset(found)

    def _no_place(self, first: int, last: int) -> bool:
        """Whether a name and its designator are a craft's name ("MV Celestine Bay") or part of a longer one."""
        return self._ship(first, last) or self._surface(first, last) in self.crafts or self._in_larger(first, last)

    def _ship(self, first: int, last: int) -> bool:
        """Whether a prefix makes a ship of a name ("MV", "USS")."""
        return last - first > 1 and self.text[first].text.isupper() and self.text[first].text in self.table.craft

    def _in_larger(self, first: int, last: int) -> bool:
        """Whether the words are part of a longer name that is no place's."""
        around = self.labels.around(first, last)
        if around and around.label in {"PER", "ORG", "OTH"}:
            return True
        return last - first == 1 and self.text[first].text in self.labels.surnames

    def _apposed(self, last: int) -> bool:
        """Whether ", a town ..." follows."""
        if last >= len(self.text) or not self.raw.startswith(", ", self.text[last - 1].end):
            return False
        following = [word.lower for word in self.text[last : last + 5]]
        return following[0] in {"a", "an"} and any(word in self.table.appositions for word in following[1:])

    def _is_known(self, first: int, last: int, *, titled: bool) -> bool:
        one = last - first == 1
        span = self.labels.at[first]
        if self._in_larger(first, last) or (one and self.text[first].lower in self.lowercase):
            return False
        surface = self._surface(first, last)
        before = self.text[first - 1].lower if first and self.text[first].joined else ""
        if surface.isupper() and len(surface) <= ACRONYM and surface not in aliases():
            return False
        if surface.isupper() and len(surface) == SHORT and before not in self.table.locatives:
            return surface in self.table.alone
        if span and span.label in {"PER", "OTH"} and not one:
            return False
        if titled or before in self.table.locatives:
            return self._weight(first, last, fit=0.85) >= (MIDDLING if span else SMALL)
        return self._weight(first, last) >= LARGE
