"""Noun phrases that name somebody: where they begin and end, and the name inside a description."""

from __future__ import annotations

from geomap.claims.grammar import Syntax
from geomap.claims.lexicon import words
from geomap.claims.speakers import display, is_outlet

_LEFT = frozenset(
    {
        "det", "amod", "compound", "poss", "nmod", "nummod", "case", "quantmod", "punct", "advmod", "npadvmod",
        "nounmod", "neg", "predet",
    }
)  # fmt: skip


def phrase(syntax: Syntax, head: int) -> tuple[int, int]:
    """First and last token of the noun phrase round ``head``: what stands before it, and an "of" phrase after it."""
    first = head
    for child in sorted(syntax.children[head], reverse=True):
        token = syntax.tokens[child]
        if child < head and token.dep in _LEFT and not _is_apart(syntax, child, head):
            first = min(first, syntax.subtree(child)[0])
    last = head
    for child in syntax.children[head]:
        token = syntax.tokens[child]
        if child > head and token.dep == "prep" and token.lemma in {"of", "for"} and child == last + 1:
            inner = next((each for each in syntax.children[child] if syntax.tokens[each].dep == "pobj"), None)
            if inner is not None:
                last = max(last, phrase(syntax, inner)[1])
    if first < head and all(syntax.tokens[each].tag == "DT" for each in (first, first + 1)):
        first += 1  # "This the governor's office denied"
    return first, max(last, _whole(syntax, head))


def _is_apart(syntax: Syntax, child: int, head: int) -> bool:
    """Whether a word before a noun is none of its phrase: a mark, or a name and a comma ("to Chicago, Amtrak said")."""
    if syntax.tokens[child].dep == "punct":
        return syntax.tokens[child].text in ",;:"
    return syntax.tokens[child].pos == "PROPN" and any(syntax.tokens[i].text == "," for i in range(child, head))


def _whole(syntax: Syntax, head: int) -> int:
    """The last token of a word that the parser parts ("vice-minister") or of a numbered name ("Rescue 1122")."""
    tokens, last = syntax.tokens, head
    while last + 2 < len(tokens) and tokens[last + 1].text == "-" and tokens[last].end + 1 == tokens[last + 2].start:
        last += 2
    numbered = last + 1 < len(tokens) and tokens[head].text[:1].isupper() and tokens[last + 1].text.isdigit()
    return last + 1 if numbered and tokens[last + 1].head == head else last


def outlet_name(syntax: Syntax, head: int, first: int, last: int) -> str:
    """An outlet's own name out of its description ("the state-run Tass news agency" -> "Tass"), else ""."""
    if not is_outlet(syntax.text(first, last)):
        return ""
    beside = [each for each in syntax.children[head] if syntax.tokens[each].dep == "appos"]
    beside += [
        each
        for each in syntax.children[syntax.tokens[head].head]
        if head < each <= head + 3 and syntax.tokens[each].dep == "nsubj"
    ]
    name = next((each for each in beside if syntax.tokens[each].pos == "PROPN"), None)
    if name is not None:
        first, last = phrase(syntax, name)
    runs: list[list[int]] = [[]]
    owned = {
        i
        for each in range(first, last + 1)
        if any(syntax.tokens[child].dep == "case" for child in syntax.children[each])
        for i in syntax.subtree(each)
    }
    for each in range(first, last + 1):
        if each in owned:
            continue
        token = syntax.tokens[each]
        if (token.pos == "PROPN" and token.text != "state") or (runs[-1] and token.text == "/"):
            runs[-1].append(each)
        elif runs[-1] and not (
            token.text in {"of", "the"} and each < last and syntax.tokens[each + 1].text[:1].isupper()
        ):
            runs.append([])
        elif runs[-1]:
            runs[-1].append(each)
    best = max(runs, key=len)
    return display(syntax.text(best[0], best[-1])) if best else ""


def proper_name(syntax: Syntax, head: int) -> str:
    """The name set right behind a common noun, "the rail operator VR" -> "VR", or said of it: "a group named Atlas"."""
    if syntax.tokens[head].pos == "PROPN":
        return _behind_kind(syntax, head)
    if called := _called(syntax, head):
        return called
    if syntax.tokens[head].pos != "NOUN" or head + 1 >= len(syntax.tokens):
        return ""
    beside = next(
        (
            each
            for each in syntax.children[head]
            if syntax.tokens[each].dep == "appos" and syntax.tokens[each].pos == "PROPN"
        ),
        None,
    )
    if beside is None:
        return ""
    first = phrase(syntax, beside)[0]
    comma = first == head + 2 and syntax.tokens[head + 1].text == ","
    if first != head + 1 and not (comma and syntax.tokens[head].lemma.lower() in _owners()):
        return ""
    return display(syntax.text(*phrase(syntax, beside)))


def _called(syntax: Syntax, head: int) -> str:
    """The name that a noun is said to go by: "a group calling itself Atlas Front", "a militia known as the Tigers"."""
    above = syntax.tokens[head].head
    own = [above] if syntax.tokens[above].dep == "csubj" else []
    for child in (*(c for c in syntax.children[head] if syntax.tokens[c].dep in {"acl", "relcl"}), *own):
        if syntax.tokens[child].lemma.lower() not in {"call", "know", "name", "dub", "style"}:
            continue
        itself = any(is_reflexive(syntax, each) for each in syntax.children[child])
        behind = next((c for c in syntax.children[child] if syntax.tokens[c].text.lower() == "as"), child)
        named = syntax.child(behind, "oprd", "pobj", "attr")
        if (itself or syntax.is_passive(child)) and named is not None and syntax.tokens[named].pos == "PROPN":
            return display(syntax.text(*phrase(syntax, named)))
    return ""


def is_reflexive(syntax: Syntax, index: int) -> bool:
    """Whether a word is "itself" or "themselves": "a group that calls itself" says no more than its name."""
    return syntax.tokens[index].text.lower() in {"itself", "themselves", "himself", "herself"}


def _owners() -> frozenset[str]:
    return words("attribution", "speakers", "owners")


def _behind_kind(syntax: Syntax, head: int) -> str:
    """The name behind the common noun that says what it is, where the parse makes the name the head."""
    first, last = phrase(syntax, head)
    kinds = [
        each
        for each in range(first, head)
        if syntax.tokens[each].pos == "NOUN"
        and syntax.tokens[each].lemma.lower() in words("attribution", "speakers", "bodies")
    ]
    if not kinds or any(syntax.tokens[each].pos != "PROPN" for each in range(kinds[-1] + 1, head + 1)):
        return ""
    return display(syntax.text(kinds[-1] + 1, last))
