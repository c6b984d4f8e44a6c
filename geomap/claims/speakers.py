"""Names of those who speak: one clear form to show, and one key under which all spellings of a speaker meet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from geomap.claims.lexicon import table, words
from geomap.model import Claim

REPORT = "the report"
"""The outlet's own voice where the outlet is not known."""

_BRITISH = (
    ("defence", "defense"),
    ("centre", "center"),
    ("labour", "labor"),
    ("organis", "organiz"),
    ("harbour", "harbor"),
)
_ARTICLES = re.compile(
    r"^(?:the |an? |both )?"
    r"(?:(?:country|nation|city|region|province|state|town|district|island|territory|county|republic)['’]s )?"
    r"(?:the |an? |its |their |his |her |our )?",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"^((?:[A-Z][\w.\-]*\s+){0,2}[A-Z][\w.\-]*)['’]s?\s+(?=\w)")
_MINISTRY = re.compile(
    r"^((?:[\w.\-]+\s+)*?)(ministry|department|minister) (?:of|for) (?:the )?"
    r"([\w\-]+(?:(?: and|,) [\w\-]+| [A-Z][\w\-]+)*)$",
    re.IGNORECASE,
)
_PARTICLES = re.compile(r" (?:(?:al|el|ad|ar|as|az|an|ul)-|(?:bin|ibn|van|von|der|den|de|da|di|la|le) )")
_INITIALS = re.compile(
    r"(?:[a-z][\w-]* )+(?P<behind>[A-Z]{3,})|(?P<before>[A-Z]{3,})(?: news)? (?:agency|institute|service)"
)
"""A body known by its initials with a word for what it is: "disaster agency AFAD"."""
_QUALIFIED = re.compile(r" (?:of|for|in|from|at|on|close|with|who|familiar) ")
_SAME = {"military": "defense ministry", "armed forces": "defense ministry", "army": "defense ministry"}
"""Bodies that speak for one another: a country's military is heard through its ministry of defence."""


@cache
def _adjectives() -> Mapping[str, str]:
    return dict(table("nations")["adjective"])


@cache
def _is_adjective(word: str) -> bool:
    return word in {value.lower() for value in _adjectives().values()}


def display(name: str) -> str:
    """A speaker's name as it is shown: no article, a country as an adjective, "Ministry of X" as "X Ministry".

    >>> display("Russia's Ministry of Defence")
    'Russian Defence Ministry'
    >>> display("the fire brigade")
    'fire brigade'
    """
    name = " ".join(name.replace("“", "").replace("”", "").replace('"', "").split()).strip(" ,;:-–—")
    bare = _ARTICLES.sub("", name)
    bare = _nation(bare)
    turned = _MINISTRY.match(bare)
    if turned:
        before, kind, of = turned.groups()
        if before.strip() == "" or nation(before.strip().split()[0]):
            bare = f"{before}{_capitals(of)} {kind.capitalize()}"
    elif nation(bare.split(" ")[0] if bare else "") and re.search(r" (ministry|department)$", bare, re.IGNORECASE):
        bare = _capitals(bare)
    return bare or name


def _capitals(text: str) -> str:
    return " ".join(
        word if word in {"and", "of", "for", "the"} else word[:1].upper() + word[1:] for word in text.split()
    )


def _nation(name: str) -> str:
    owner = _POSSESSIVE.match(name)
    if owner and owner[1].lower() in _adjectives():
        return f"{_adjectives()[owner[1].lower()]} {name[owner.end() :]}"
    return name


def nation(word: str) -> str:
    """The country adjective that a word is or stands for ("Russia", "Russian" -> "Russian"), else ""."""
    plain = re.sub(r"['’]s?$", "", word).lower()
    if plain in _adjectives():
        return _adjectives()[plain]
    return word[:1].upper() + word[1:] if _is_adjective(plain) else ""


@cache
def canonical(name: str) -> str:
    """The key under which all ways of writing one speaker meet.

    Spelling (defence, defense), order ("Ministry of Defence"), accents and articles are levelled, a country's military
    and its ministry of defence are one voice, and a person is known by surname and first initial.

    >>> canonical("the Russian ministry of defense") == canonical("Russia's Defence Ministry")
    True
    """
    shown = display(name)
    plain = unicodedata.normalize("NFKD", shown)
    plain = "".join(each for each in plain if not unicodedata.combining(each)).lower().replace("’", "'")
    for british, american in _BRITISH:
        plain = plain.replace(british, american)
    plain = re.sub(r"[^\w' \-/&]", "", plain).strip().removeprefix("local ")
    short = _INITIALS.fullmatch(shown)
    if short:
        return (short["behind"] or short["before"]).lower()
    parts = plain.split()
    if len(parts) > 1 and nation(parts[0]):
        parts[0] = nation(parts[0]).lower()
        plain = " ".join(parts)
    if parts and _is_adjective(parts[0]) and " ".join(parts[1:]) in _SAME:
        return f"{parts[0]} {_SAME[' '.join(parts[1:])]}"
    if is_person(shown):
        return f"{parts[0][:1]} {parts[-1].replace('y', 'i').replace('ii', 'i')}"
    return plain


def is_person(name: str) -> bool:
    """Whether a shown name looks like a person's: two to four capitalised words, none a body's or an outlet's."""
    parts = name.split()
    if not 2 <= len(parts) <= 4 or not all(part[:1].isupper() for part in parts):
        return False
    lowered = {part.lower().strip(".") for part in parts}
    if nation(parts[0]) or lowered & (
        words("attribution", "outlets", "words") | words("attribution", "speakers", "bodies")
    ):
        return False
    return name.lower() not in words("attribution", "outlets", "names") and not any(
        part.isupper() and len(part) > 2 for part in parts
    )


@cache
def _long_names() -> tuple[str, ...]:
    """The outlets whose names are several words."""
    return tuple(name for name in words("attribution", "outlets", "names") if " " in name)


@lru_cache(maxsize=10_000)
def is_outlet(name: str) -> bool:
    """Whether a name is that of an outlet or an agency of news.

    >>> is_outlet("The New York Times"), is_outlet("Kyiv Independent"), is_outlet("the mayor's press office")
    (True, True, False)
    """
    plain = _ARTICLES.sub("", name).lower().replace("’", "'")
    parts = set(re.findall(r"[\w/]+", plain))
    names = words("attribution", "outlets", "names")
    if plain in names or parts & names or any(each in plain for each in _long_names()):
        return True
    marking = parts & words("attribution", "outlets", "words")
    if not marking or (marking <= {"press", "media"} and parts & words("attribution", "outlets", "offices")):
        return False
    return "agency" not in parts or "news" in parts


def is_unnamed(name: str) -> bool:
    """Whether a speaker cannot be told from others: "officials", "two security sources", a country, a bare office.

    >>> [is_unnamed(each) for each in ("local officials", "Ukraine", "the mayor", "a video")]
    [True, True, True, True]
    >>> [is_unnamed(each) for each in ("Ministry of Health", "Mayor Ann Lee", "the fire brigade")]
    [False, False, False]
    """
    head = _QUALIFIED.split(display(name), maxsplit=1)[0].split()
    if not head or (len(head) == 1 and nation(head[0])):
        return bool(head) and not _is_adjective(head[0].lower())
    if head[-1][:1].isupper():
        return False
    noun = {head[-1], head[-1].removesuffix("s"), re.sub("ies$", "y", head[-1])}
    if noun & (
        words("attribution", "speakers", "unnamed")
        | words("attribution", "media", "words")
        | words("attribution", "statements", "words")
    ):
        return True
    proper = [word for word in name.split()[1:] if word[:1].isupper()]
    return bool(noun & words("attribution", "speakers", "offices")) and not proper


def origin(claim: Claim) -> str:
    """Where a claim goes back to: the key of its speaker, whoever passed it on."""
    return canonical(claim.attribution.speaker)


def unify(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims of one incident with one name for each speaker: as first written, a surname alone as the full name."""
    shown: dict[str, str] = {}
    for claim in claims:
        shown.setdefault(origin(claim), claim.attribution.speaker)
    full = _full_names(shown)
    return tuple(_renamed(claim, full.get(origin(claim)) or shown[origin(claim)]) for claim in claims)


def _full_names(shown: Mapping[str, str]) -> dict[str, str]:
    """The one person of that surname for each speaker that is a surname alone, by the speaker's key."""
    people: dict[str, list[str]] = {}
    for name in shown.values():
        plain = _PARTICLES.sub(" ", name)
        if is_person(plain):
            people.setdefault(plain.split()[-1].casefold(), []).append(name)
    return {
        key: people[name.casefold()][0]
        for key, name in shown.items()
        if name[:1].isupper() and len(people.get(name.casefold(), ())) == 1
    }


def _renamed(claim: Claim, speaker: str) -> Claim:
    told = claim.attribution
    if told.speaker == speaker:
        return claim
    chain = (*told.chain[:-1], speaker) if told.chain else ()
    return replace(claim, attribution=replace(told, speaker=speaker, chain=chain))


def origins(voices: Mapping[str, str]) -> Callable[[Claim], str]:
    """Names the origin of a claim: its speaker, whoever passed it on.

    A report's own voice is its outlet's; ``voices`` holds the name to use for it by article id.
    """

    def name(claim: Claim) -> str:
        speaker = claim.attribution.speaker
        return voices.get(claim.article, claim.article) if speaker == REPORT else speaker

    return name
