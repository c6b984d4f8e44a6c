"""A report's words, which of them are taken for names, and where a name among them begins and ends."""

from __future__ import annotations

from dataclasses import dataclass

from geomap.geoparse.atlas import Atlas, demonym_of, weight
from geomap.geoparse.cues import Cues, aliases
from geomap.geoparse.labels import Labels
from geomap.geoparse.words import Word

LONGEST_NAME = 6
"""Words in the longest name looked for."""

LARGE, MIDDLING, SMALL = 5.0, 4.0, 3.5
"""Weights (log10 of a population) a name must have to be taken for a place with no cue, with a cue, after "in"."""

_AROUND = 3
"""Words on either side of a tagged name that may belong to it."""

_BEFORE = frozenset({"the", "city", "downtown"})
"""Words before a name that are no part of it."""

_ARTICLES = frozenset({"al", "el", "an", "ar", "as", "ash", "at", "az", "ad"})
"""Arabic articles, which a hyphen joins to their noun: "Souk Al-Arab Street"."""

_INNER = frozenset(
    {"of", "the", "de", "la", "del", "di", "da", "du", "des", "al", "el", "en", "on", "upon", "sur", "am", "and"}
)


@dataclass(frozen=True, slots=True)
class Found:
    """Words ``first`` up to but not including ``last``, taken for a place name, and what proposed them."""

    first: int
    last: int
    source: str


class Spans:
    """One report's words and what is taken of them."""

    def __init__(self, raw: str, text: tuple[Word, ...], labels: Labels, atlas: Atlas, table: Cues) -> None:
        self.raw, self.text, self.labels, self.atlas, self.table = raw, text, labels, atlas, table
        self.taken: list[Found | None] = [None] * len(text)

    def end(self, found: Found) -> int:
        """Where a name ends: an abbreviation's full stop belongs to it."""
        end = self.text[found.last - 1].end
        return end + 1 if self.raw[self.text[found.last - 1].start : end + 1] in aliases() else end

    def large(self, first: int, last: int) -> bool:
        """Whether they name a country, a region or a large city."""
        return self._weight(first, last) >= LARGE

    def _take(self, first: int, last: int, source: str) -> None:
        self.taken[first:last] = [Found(first, last, source)] * (last - first)

    def _free(self, first: int, last: int) -> bool:
        return not any(self.taken[first:last])

    def _surface(self, first: int, last: int) -> str:
        return self.raw[self.text[first].start : self.text[last - 1].end]

    def _matches(self, first: int, name: tuple[str, ...]) -> bool:
        run = self.text[first : first + len(name)]
        return tuple(word.text for word in run) == name and all(word.joined for word in run[1:])

    def _name_before(self, index: int) -> int | None:
        """Where the name begins that ends before the designator at ``index``; None where there is none."""
        last = index
        while last > 0 and self.text[last - 1].lower in self.table.between and self.text[last].joined:
            last -= 1
        first = last
        while (
            first > 0 and last - first < 4 and self._may_name(first - 1) and (first == last or self.text[first].joined)
        ):
            first -= 1
        first = self._joined_before(first)
        if last < len(self.text) and not self.text[last].joined:
            return None
        while first < last and self.text[first].opens and self.text[first].lower in self.table.not_names:
            first += 1
        if (
            first == last
            or demonym_of([word.text for word in self.text[first:last]])
            or self._surface(first, last) in self.table.never
        ):
            return None
        return first

    def _joined_before(self, first: int) -> int:
        """Where a name begins whose end a hyphen and a small word join to it: "Rostov-on-Don", "Bab al-Mandeb"."""
        small = first - 1
        if small < 1 or not self.text[first].hyphen or self.text[small].lower not in self.table.joining:
            return first
        return small - 1 if self.text[small].joined and self._may_name(small - 1) else first

    def _may_name(self, index: int) -> bool:
        word = self.text[index]
        return (
            word.capital
            and not self.taken[index]
            and (word.lower not in self.table.not_names or not word.opens)
            and word.lower not in {"the", "in"}
        )

    def _designator(self, index: int) -> int:
        """How many words from ``index`` on are a designator that belongs to the name before it; 0 for none."""
        if self.text[index].lower not in self.table.after_opens:
            return 0
        for size in (3, 2, 1):
            run = self.text[index : index + size]
            if len(run) == size and all(word.joined for word in run[1:]):
                if tuple(word.lower for word in run) in self.table.after:
                    return size
                if tuple(word.text for word in run) in self.table.after_capital:
                    return size
        return 0

    def _grow(self, last: int) -> int:
        """Past the designator that follows a tagged name."""
        last = self._through(last)
        if last < len(self.text) and self.text[last].joined and not self.text[last].hyphen:
            size = self._designator(last)
            if size and self._free(last, last + size):
                return last + size
        return last

    def _whole(self, first: int, last: int) -> tuple[int, int]:
        """The longer name of which the tagger took a part ("New Delhi", "United States of America")."""
        for begin in range(max(0, first - _AROUND), first + 1):
            if self.text[begin].lower in _BEFORE:
                continue
            for end in range(min(len(self.text), last + _AROUND), last - 1, -1):
                run = self.text[begin:end]
                if (begin, end) == (first, last) or end - begin > LONGEST_NAME:
                    continue
                named = run[0].capital and run[-1].capital and all(w.joined for w in run[1:])
                inner = all(word.capital or word.lower in _INNER for word in run)
                if named and inner and self._free(begin, end) and self._weight(begin, end, fit=0.985) >= SMALL:
                    return begin, end
        return first, last

    def _through(self, last: int) -> int:
        """To the end of a hyphenated name of which the tagger took the beginning ("Val-d'Isère", "Aix-en-Provence")."""
        end = last
        while end < len(self.text) and self.text[end].hyphen and end - last < 4 and not self.taken[end]:
            word = self.text[end]
            end += 1
            article = end - 1 == last and self.text[last - 1].lower in _ARTICLES
            if word.capital and (end - 1 > last or article or "'" in word.text or "’" in word.text):
                return end
            if not word.capital and len(word.text) > 4:
                break
        return last

    def _trim(self, first: int, last: int) -> tuple[int, int]:
        """Without words that are no part of a name: an article, small words, what "65 NM West of X" measures from."""
        turned = first + 2 < last and self.text[first].lower in self.table.directions
        if turned and self.text[first + 1].lower == "of" and not self._weight(first, last):
            first += 2
        while first < last and (not self.text[first].capital or self.text[first].lower in _BEFORE):
            first += 1
        while last > first and not self.text[last - 1].capital and self._designator(last - 1) == 0:
            last -= 1
        return first, last

    def _runs(self) -> list[tuple[int, int]]:
        """Maximal runs of capitalised words, with "of", "de" and the like inside."""
        runs: list[tuple[int, int]] = []
        first = 0
        while first < len(self.text):
            if not self.text[first].capital:
                first += 1
                continue
            last = first + 1
            while last < len(self.text) and self.text[last].joined and self._goes_on(last):
                last += 1
            if last - first <= LONGEST_NAME:
                runs.append((first, last))
            first = last
        return runs

    def _goes_on(self, index: int) -> bool:
        word = self.text[index]
        if word.capital:
            return True
        following = self.text[index + 1] if index + 1 < len(self.text) else None
        inner = word.lower in _INNER and following is not None and following.capital and following.joined
        return inner and following is not None and following.text not in self.table.times

    def _without_titles(self, first: int, last: int) -> tuple[int, int]:
        while first < last and self.text[first].opens and self.text[first].lower in self.table.not_names:
            first += 1
        for index in range(first, last):
            if self.text[index].text in self.table.titles:
                return first, index
        return first, last

    def _weight(self, first: int, last: int, fit: float = 0.97) -> float:
        """The weight of the largest place whose name fits at least as well as ``fit``; 0.0 where there is none."""
        name = self._surface(first, last)
        return max((weight(c.place) for c in self.atlas.candidates(name) if c.score >= fit), default=0.0)
