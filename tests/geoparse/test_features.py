"""What the tagger sees of a word."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from geomap.geoparse.features import Names, casing, hashed, plain, written

TABLE = sorted([(hashed("kyiv"), 2), (hashed("new york"), 2), (hashed("york"), 3)])
NAMES = Names(np.array([h for h, _ in TABLE], np.uint32), np.array([c for _, c in TABLE], np.uint8))


def test_capitals_are_told_apart() -> None:
    words = [("the", 0), ("Kyiv", 1), ("NATO", 2), ("A", 3), ("McLean", 4), ("12", 5), ("A4", 6), (",", 7)]
    assert [casing(word, False) for word, _ in words] == [case for _, case in words]
    assert casing("The", True) == 9


def test_the_longest_known_name_marks_its_words() -> None:
    assert written("in New York or Kyiv", NAMES).members.tolist() == [0, 3, 4, 0, 3]
    assert written("york and kyiv in small letters", NAMES).members.tolist() == [0] * 6


@given(st.text(max_size=60))
def test_any_text_has_features_for_every_word(text: str) -> None:
    seen = written(text, NAMES)
    assert len(seen.starts) == len(seen.ends) == len(seen.cases) == len(seen.members)
    assert all(start < end for start, end in zip(seen.starts, seen.ends, strict=True))
    assert plain(plain(text)) == plain(text)
