"""Slavic adjectives of places: a district or region is named by the adjective of its seat.

Korochansky district <- Korocha, Belgorodskaya oblast <- Belgorod, Kharkivska oblast <- Kharkiv. The rule compares
stems: the adjective without its ending, the seat without its last vowels, with the softenings that come between.
"""

from __future__ import annotations

import re

_ENDING = re.compile(
    r"(?:skaya|skoye|skoe|skogo|skoho|skoi|skoy|ska|ske|sko|sky|skaia|eska|tskaya|tsky|tska|cky|cka|zky|zka)$"
)
_LINK = re.compile(r"(?:yan|an|ov|ev|yev|iv|yiv|in|yn|en|yen|ets|ch|yns|ens|ans|s)$")
_LAST = (
    re.compile(r"(?:skoye|skoe|ske|sk|tsk|oye|oe|yi|ii|iy|iya|ia|ya|aya|ye|i|y|a|o|e|u)$"),
    re.compile(r"(?:k[aioy]|zhzhia|zhia|sa|iv|ov|ets|ts[iy]|n[aiy]|)$"),
)
_COMPOUND = re.compile(r"(?:aya|oye|ye|iye|iy|yy|oy|y|e)$")
"""How the first word of a seat in two ends: Novy Oskol has Novooskolsky district, Krasnaya Yaruga Krasnoyaruzhsky."""

_SOFTENED = (("zh", "g"), ("zh", "h"), ("ch", "k"), ("sh", "kh"), ("ch", "ts"), ("ts", "k"), ("z", "g"))
_SHORTEST = 3


def is_adjective(folded: str) -> bool:
    """Whether a folded name ends as the adjective of a place does.

    >>> is_adjective("korochansky"), is_adjective("korocha")
    (True, False)
    """
    return " " not in folded and len(folded) > 5 and bool(_ENDING.search(folded))


def stems(adjective: str) -> frozenset[str]:
    """The stems a seat may have whose adjective this is; empty where it is no adjective.

    >>> "koroch" in stems("korochansky"), "belgorod" in stems("belgorodskaya")
    (True, True)
    """
    if not is_adjective(adjective):
        return frozenset()
    bare = _ENDING.sub("", adjective)
    found = {bare}
    if adjective[len(bare) :].startswith(("ts", "c")):
        found |= {bare + "ts", bare + "t"}
    found |= {_LINK.sub("", stem) for stem in tuple(found)}
    for stem in tuple(found):
        for soft, hard in _SOFTENED:
            if stem.endswith(soft):
                found.add(stem.removesuffix(soft) + hard)
    return frozenset(stem for stem in found if len(stem) >= _SHORTEST)


def seat_stems(folded: str) -> frozenset[str]:
    """What of a seat's folded name its adjective may keep.

    >>> "koroch" in seat_stems("korocha"), "novooskol" in seat_stems("novy oskol")
    (True, True)
    """
    first, gap, second = folded.partition(" ")
    if gap and " " not in second and _COMPOUND.search(first):
        folded = f"{_COMPOUND.sub('', first)}o{second}"
    found = {folded, *(ending.sub("", folded) for ending in _LAST)}
    return frozenset(stem for stem in found if len(stem) >= _SHORTEST)


def named_after(adjective: str, seat: str) -> bool:
    """Whether the folded ``adjective`` is that of the folded name ``seat``."""
    return not stems(adjective).isdisjoint(seat_stems(seat))


def skeleton(folded: str) -> str:
    """The consonants of a name's stem: what is left alike in Orlovskaya and Oryol, Vologodskaya and Vologda.

    >>> skeleton("orlovskaya") == skeleton("orel")
    True
    """
    bare = _LINK.sub("", _ENDING.sub("", folded)) if is_adjective(folded) else folded
    return re.sub(r"[aeiouy ]", "", bare)
