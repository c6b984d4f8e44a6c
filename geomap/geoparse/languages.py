"""Which languages are read, how far, and what a reader must be told of the rest."""

from __future__ import annotations

from geomap.geoparse import slavic
from geomap.geoparse.atlas import Atlas
from geomap.geoparse.recognize import recognize as recognize_english
from geomap.model import Analysis, Article, Gazetteer, Mention

NAMES = {
    "ar": "Arabic", "be": "Belarusian", "bg": "Bulgarian", "cs": "Czech", "de": "German", "el": "Greek",
    "es": "Spanish", "fa": "Persian", "fr": "French", "he": "Hebrew", "hi": "Hindi", "it": "Italian", "ja": "Japanese",
    "ka": "Georgian", "hy": "Armenian", "ko": "Korean", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sr": "Serbian", "sv": "Swedish", "th": "Thai", "tr": "Turkish",
    "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip
"""English names of the languages that a report is told apart in."""

LATIN = frozenset({"cs", "de", "es", "fr", "it", "nl", "pl", "pt", "ro", "sv", "tr"})
"""Languages whose names the English tagger can look for, since they write them in its letters."""


def is_english(article: Article) -> bool:
    """Whether a report is in English, so that everything it says can be read."""
    return _code(article) == "en"


def recognize(article: Article, analysis: Analysis | None, gazetteer: Gazetteer | Atlas) -> tuple[Mention, ...]:
    """The report's place names, by the rules of its language; none where that is not read."""
    code = _code(article)
    if code in slavic.RECOGNIZERS:
        return slavic.RECOGNIZERS[code](article, analysis, gazetteer)
    if code in LATIN or is_english(article):
        return recognize_english(article, analysis, gazetteer)
    return ()


def notice(article: Article) -> str:
    """What was not understood of a report because of its language; "" where it is in English."""
    code = _code(article)
    name = NAMES.get(code, f"a language other than English ({code})")
    if is_english(article):
        return ""
    if code in slavic.RECOGNIZERS:
        return f"this report is in {name}: its place names are read, its claims are not"
    if code in LATIN:
        return f"this report is in {name}: its place names are looked for as in English, its claims are not read"
    return f"this report is in {name}, which is not read"


def _code(article: Article) -> str:
    return article.language.lower().replace("_", "-").partition("-")[0] or "en"
