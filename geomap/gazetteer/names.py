"""How a place name is written down, made one: case, accents, alphabets, apostrophes, hyphens and abbreviations.

``fold`` is the key of the index: two spellings that fold alike are the same name. It is idempotent.
"""

from __future__ import annotations

import re
import unicodedata

_RUSSIAN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
    "я": "ya", "і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ў": "w", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj",
    "ћ": "c", "џ": "dz", "ѓ": "g", "ќ": "k", "ѕ": "dz", "ә": "a", "ө": "o", "ү": "u", "ұ": "u", "қ": "k", "ғ": "g",
    "ң": "n", "һ": "h", "җ": "zh", "ҳ": "h", "ҷ": "j", "ӣ": "i", "ӯ": "u",
}  # fmt: skip
"""BGN/PCGN romanisation of Russian, with the letters of its neighbours."""

_UKRAINIAN = _RUSSIAN | {"г": "h", "и": "y", "ї": "i", "є": "ie", "ю": "iu", "я": "ia", "й": "i"}
"""The Ukrainian national system of 2010, as it stands inside a word."""

_INITIAL = {"ї": "yi", "є": "ye", "ю": "yu", "я": "ya", "й": "y"}
"""The same system's letters that differ where a word begins."""

_TO_RUSSIAN, _TO_UKRAINIAN = str.maketrans(_RUSSIAN), str.maketrans(_UKRAINIAN)
_FIRST = re.compile(r"\b[їєюяй]")
_MARKS = dict.fromkeys(range(0x300, 0x370))

_LATIN = str.maketrans(
    {
        "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d", "ə": "a", "ħ": "h",
        "ŧ": "t", "ŋ": "n", "ĸ": "k", "ƙ": "k", "ɓ": "b", "ɗ": "d",
    }
)  # fmt: skip

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ONLY_UKRAINIAN = re.compile(r"[іїєґ]")
_SILENT = dict.fromkeys(map(ord, "'’‘ʼʻʹʺ`´′″“”\"„«»‛ˈ·¿¡"), "")
_DOT_INSIDE = re.compile(r"(?<=\w)\.(?=\w)")
_GAP = re.compile(r"[\W_]+")
_ADJECTIVE = re.compile(r"(?<=[sctdz]k)(?:iy|yi|yy|ii|ij|yj|i|yi|oy|oi)\b|(?<=[ntvlrd])(?:iy|yi|yy|ij|yj)\b")
_WORDS = {
    "st": "saint", "ste": "sainte", "mt": "mount", "mtn": "mountain", "ft": "fort", "sankt": "saint", "sv": "saint",
    "pte": "pointe", "is": "island",
}  # fmt: skip


def fold(name: str) -> str:
    """The key a name is filed under: "" where it holds no letter or digit.

    >>> fold("Saint-Étienne") == fold("St. Etienne")
    True
    >>> fold("Корочанский"), fold("Korochanskiy")
    ('korochansky', 'korochansky')
    """
    return _fold(name, ukrainian=None)


def variants(name: str) -> tuple[str, ...]:
    """``fold(name)`` first, then how it reads by the other Cyrillic alphabet's romanisation, where it is Cyrillic."""
    first = fold(name)
    if not first or name.isascii() or not _CYRILLIC.search(name.casefold()):
        return (first,) if first else ()
    return tuple(dict.fromkeys((first, _fold(name, ukrainian=False), _fold(name, ukrainian=True))))


def is_latin(text: str) -> bool:
    """Whether every letter belongs to the Latin alphabet."""
    return text.isascii() or all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or not c.isalpha() for c in text)


def _fold(name: str, *, ukrainian: bool | None) -> str:
    text = name.casefold()
    if not text.isascii():
        text = _to_latin(text, ukrainian)
    if "." in text:
        text = _DOT_INSIDE.sub("", text.replace("st.", "st. "))
    text = text.translate(_SILENT)
    if not text.isalnum():
        text = _words(_GAP.sub(" ", text.replace("&", " and ")).split())
    if len(text) > 4:
        text = _ADJECTIVE.sub("y", text)
    return text


def _words(words: list[str]) -> str:
    while len(words) > 1 and words[0] == "the":
        del words[0]
    last = len(words) - 1
    return " ".join(_WORDS.get(word, word) if at < last else word for at, word in enumerate(words))


def _to_latin(text: str, ukrainian: bool | None) -> str:
    text = unicodedata.normalize("NFC", text)
    scheme = bool(_ONLY_UKRAINIAN.search(text)) if ukrainian is None else ukrainian
    if cyrillic := bool(_CYRILLIC.search(text)):
        text = _romanise(text, scheme)
    text = unicodedata.normalize("NFKD", text.translate(_LATIN)).casefold()
    text = text.translate(_MARKS).translate(_LATIN)
    # Letters with accents of their own (Macedonian ѐ) become plain ones only now.
    return _romanise(text, scheme) if cyrillic else text


def _romanise(text: str, ukrainian: bool) -> str:
    if not ukrainian:
        return text.translate(_TO_RUSSIAN)
    return _FIRST.sub(lambda letter: _INITIAL[letter[0]], text.translate(_SILENT)).translate(_TO_UKRAINIAN)
