"""Whether a sentence names something only to say that it was not, or may have been: "ruled out sabotage"."""

from __future__ import annotations

from geomap.claims.grammar import NOMINAL, Syntax
from geomap.claims.lexicon import words
from geomap.model import Token


def is_denied(syntax: Syntax, inside: range) -> bool:
    """Whether the sentence of some words denies what they name. "Could not rule out" denies nothing."""
    return _stance(syntax, inside) == "denied"


def is_supposed(syntax: Syntax, inside: range) -> bool:
    """Whether the sentence of some words gives them as one that may be: "three possible causes: pilot error, ...".

    The noun that says so stands before them. A sentence that does not rule them out does so, too.
    """
    if not inside:
        return False
    if _stance(syntax, inside) == "open":
        return True
    kinds, maybe = words("attribution", "supposed", "nouns"), words("attribution", "supposed", "words")
    before = range(syntax.sentence(inside.start).first, inside.start)
    named = (i for i in before if syntax.tokens[i].lemma.lower() in kinds)
    return any(syntax.tokens[each].text.lower() in maybe for i in named for each in syntax.children[i])


def _stance(syntax: Syntax, inside: range) -> str:
    """What a sentence does with what some words name: "denied", "open" where it is not ruled out, else "".

    Goes up from the head of the words for as long as "not" would be said of them: through subjects, objects and
    complements, and through "no evidence of", "nothing points to".
    """
    if not inside:
        return ""
    head = syntax.head(inside)
    denied, below = _is_contrasted(syntax, inside), head
    for above in (head, *syntax.ancestors(head)):
        if above != head and not _carries(syntax, below, above):
            break
        negative = _is_negative(syntax, above, inside) or (above != head and _lacks(syntax, above, below))
        if above != head and _excludes(syntax, above):
            return "open" if denied or negative else "denied"
        denied, below = denied or negative, above
        if syntax.tokens[above].dep in {"relcl", "advcl", "ROOT"}:
            break
    return "denied" if denied else ""


def _carries(syntax: Syntax, below: int, above: int) -> bool:
    """Whether what is said of ``above`` is said of ``below``, which hangs on it."""
    lower, upper = syntax.tokens[below], syntax.tokens[above]
    points = _is(upper, "evidence") or _is(upper, "pointing")
    match lower.dep:
        case "dobj" | "attr" | "acomp" | "oprd" | "xcomp" | "agent":
            return True
        case "nsubj" | "nsubjpass":
            return _is(upper, "supposing") or _excludes(syntax, above)
        case "ccomp":
            return below > above and (points or _excludes(syntax, above))
        case "acl" | "pobj":
            return lower.dep == "pobj" or points
        case "prep" | "nmod" | "compound" | "pcomp":
            return points
        case "conj":
            parted = any(syntax.tokens[each].text.lower() == "but" for each in syntax.children[above])
            return lower.pos in NOMINAL and not parted
    return False


def _excludes(syntax: Syntax, verb: int) -> bool:
    """Whether a verb says that something was not: "excludes", "denies", "rules out"."""
    token = syntax.tokens[verb]
    if token.pos not in {"VERB", "AUX"}:
        return False
    lemma = token.lemma.lower()
    if lemma in words("attribution", "verbs", "denied") | words("attribution", "denying", "verbs"):
        return True
    return lemma == "rule" and any(syntax.tokens[each].text.lower() == "out" for each in syntax.children[verb])


def _is_negative(syntax: Syntax, index: int, inside: range) -> bool:
    """Whether a word carries "no", "not" or "never", outside the words that are asked about; a noun, before it."""
    verb = syntax.tokens[index].pos in {"VERB", "AUX"}
    return any(
        each not in inside and (verb or each < index) and _is_not(syntax, each) and not _is_want(syntax, each, index)
        for each in syntax.children[index]
    )


def _is_not(syntax: Syntax, index: int) -> bool:
    """Whether a word negates: not "no" in "No. 4", "no fewer", nor "not" in "not only"."""
    token, behind = syntax.tokens[index], syntax.tokens[min(index + 1, len(syntax.tokens) - 1)]
    if token.text.lower() not in words("attribution", "denying", "negatives"):
        return False
    return behind.text.lower() not in words("attribution", "denying", "unless") and not behind.text[:1].isdigit()


def _is_want(syntax: Syntax, negative: int, noun: int) -> bool:
    """Whether "no" says that something was wanting, which may be what a speaker blames: "the bus had no brakes"."""
    above = syntax.tokens[syntax.tokens[noun].head]
    said = syntax.tokens[noun].dep == "dobj" and above.lemma.lower() == "have"
    return said and syntax.tokens[negative].text.lower() == "no" and not _is(syntax.tokens[noun], "evidence")


def _is_contrasted(syntax: Syntax, inside: range) -> bool:
    """Whether "not", "rather than" or "instead of" stands right before words."""
    first = inside.start
    while first and syntax.tokens[first - 1].pos == "DET" and not _is_not(syntax, first - 1):
        first -= 1
    before = [token.text.lower() for token in syntax.tokens[max(0, first - 2) : first]]
    if before in (["rather", "than"], ["instead", "of"]):
        return True
    at = first - 1
    wanting = at >= 0 and _is_want(syntax, at, syntax.tokens[at].head)
    return at >= 0 and _is_not(syntax, at) and not wanting and syntax.tokens[inside.start].pos != "VERB"


def _lacks(syntax: Syntax, verb: int, came: int) -> bool:
    """Whether nobody or nothing does what a verb says, or it says "had nothing to do with"."""
    if syntax.tokens[verb].pos not in {"VERB", "AUX"}:
        return False
    others = [
        each
        for each in syntax.children[verb]
        if each != came and syntax.tokens[each].dep in {"nsubj", "nsubjpass", "dobj"}
    ]
    nobody = words("attribution", "denying", "nobody")
    return any(
        syntax.tokens[each].text.lower() in nobody
        for other in others
        for each in (other, *syntax.children[other])
        if each == other or syntax.tokens[each].dep in {"det", "neg"}
    )


def _is(token: Token, kind: str) -> bool:
    return token.lemma.lower() in words("attribution", "denying", kind)
