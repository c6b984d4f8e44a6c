"""A parsed report with the indices that every extractor asks for: children, clauses, sentences, tokens by offset."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from geomap.claims.lexicon import words
from geomap.datelines import dateline_end
from geomap.model import Analysis, Article, Sentence, Span, Token

CLAUSAL = frozenset({"ROOT", "ccomp", "advcl", "relcl", "acl", "parataxis", "pcomp", "csubj", "csubjpass", "xcomp"})
"""Dependency labels under which a verb heads a clause of its own (a ``conj`` of a verb does too)."""

LONGEST = 300
"""Tokens of the longest sentence that is put together again from its parts."""

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


@dataclass(frozen=True, slots=True)
class Syntax:
    """One report's analysis, indexed. Token numbers are indices into ``tokens``; every index is built in one pass."""

    article: Article
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    children: tuple[tuple[int, ...], ...]
    sentence_of: tuple[int, ...]
    clause_of: tuple[int, ...]
    starts: tuple[int, ...]

    def at(self, offset: int) -> int:
        """The number of the token that holds the character at ``offset``, else of the next one."""
        found = bisect_right(self.starts, offset) - 1
        if found < 0 or (self.tokens[found].end <= offset and found + 1 < len(self.tokens)):
            return found + 1
        return found

    def within(self, span: Span) -> range:
        """The numbers of the tokens that lie in ``span``."""
        first = bisect_left(self.starts, span.start)
        if first and self.tokens[first - 1].end > span.start:
            first -= 1
        return range(first, bisect_left(self.starts, span.end))

    def sentence(self, index: int) -> Sentence:
        """The sentence that token ``index`` stands in."""
        return self.sentences[self.sentence_of[index]]

    def span(self, first: int, last: int) -> Span:
        """The characters of tokens ``first`` up to and including ``last``."""
        return Span(self.tokens[first].start, self.tokens[last].end)

    def text(self, first: int, last: int) -> str:
        """The words of tokens ``first`` up to and including ``last``, white space made single."""
        return " ".join(self.article.text[self.tokens[first].start : self.tokens[last].end].split())

    def head(self, inside: range) -> int:
        """The first of some tokens that hangs on none of the others; there is at least one token."""
        heads = (i for i in inside if self.tokens[i].head not in inside or self.tokens[i].head == i)
        return next(heads, inside.start)

    def subtree(self, index: int) -> list[int]:
        """Token ``index`` and everything that depends on it, in order."""
        found, waiting = [], [index]
        while waiting:
            one = waiting.pop()
            found.append(one)
            waiting.extend(self.children[one])
        return sorted(found)

    def ancestors(self, index: int) -> Iterator[int]:
        """The heads above token ``index``, nearest first."""
        while self.tokens[index].head != index:
            index = self.tokens[index].head
            yield index

    def child(self, index: int, *labels: str) -> int | None:
        """The first child of token ``index`` with one of the dependency labels."""
        return next((each for each in self.children[index] if self.tokens[each].dep in labels), None)

    def subject(self, verb: int) -> int | None:
        """The subject of a verb: its own, the noun it modifies as a participle, or that of the verb it is joined to."""
        for _ in range(6):  # chains of joined verbs longer than this are misparses
            near = [c for c in self.children[verb] if self.tokens[c].dep in {"nsubj", "nsubjpass", "csubj"}]
            if near:
                own = min(near, key=lambda child: abs(child - verb))  # a dateline may pass for a second one
                return self._antecedent(own, verb)
            token = self.tokens[verb]
            if token.dep in {"acl", "relcl"}:
                return token.head
            joined = {"conj", "xcomp", "acomp", "advcl", "aux", "auxpass", "prep", "pcomp"}
            if token.dep not in joined or token.head == verb:
                return None
            verb = token.head
        return None

    def _antecedent(self, subject: int, verb: int) -> int:
        relative = self.tokens[subject].tag in {"WDT", "WP"} and self.tokens[verb].dep == "relcl"
        if not relative:
            return subject
        above = self.tokens[verb].head
        return self._people(above, verb) if self.tokens[subject].text.lower() == "who" else above

    def _people(self, noun: int, verb: int) -> int:
        """Whom "who" is of: no place behind "to", "in" or "at", but who was brought there ("migrants to Lampedusa")."""
        preposition = self.tokens[noun].head
        one = self.tokens[noun].tag == "NNP" and self.tokens[verb].tag == "VBP"  # "to Lampedusa who say": not of one
        place = one or self.tokens[noun].entity in {"GPE", "LOC", "FAC"}
        if not place or self.tokens[preposition].text.lower() not in {"to", "in", "at", "near"}:
            return noun
        governor = self.tokens[preposition].head
        if self.tokens[governor].pos in NOMINAL:
            return governor
        found = self.child(governor, "dobj", "nsubjpass")
        return found if found is not None else noun

    def is_passive(self, verb: int) -> bool:
        """Whether something is done to the subject of ``verb`` ("was shot down", a participle "killed in")."""
        if self.child(verb, "nsubjpass", "auxpass") is not None:
            return True
        token = self.tokens[verb]
        if token.dep == "conj" and token.tag == "VBN" and self.child(verb, "nsubj", "aux") is None:
            return self.is_passive(token.head) if token.head < verb else False
        return token.dep == "acl" and token.tag == "VBN"

    def is_negated(self, verb: int) -> bool:
        """Whether a verb carries "not" or "never"."""
        return any(self.tokens[each].dep == "neg" for each in self.children[verb])


def read(article: Article, analysis: Analysis) -> Syntax:
    """Index a parsed report; linear in its tokens."""
    tokens = analysis.tokens
    sentences = _joined(article.text, analysis)
    children: list[list[int]] = [[] for _ in tokens]
    for index, token in enumerate(tokens):
        if token.head != index:
            children[token.head].append(index)
    sentence_of = [0] * len(tokens)
    for number, sentence in enumerate(sentences):
        sentence_of[sentence.first : sentence.last] = [number] * (sentence.last - sentence.first)
    return Syntax(
        article=article,
        tokens=tokens,
        sentences=sentences,
        children=tuple(map(tuple, children)),
        sentence_of=tuple(sentence_of),
        clause_of=_clauses(tokens),
        starts=tuple(token.start for token in tokens),
    )


def _joined(text: str, analysis: Analysis) -> tuple[Sentence, ...]:
    """The sentences, those put together again that were parted inside: in lower case, or without a stop."""
    found: list[Sentence] = []
    for sentence in analysis.sentences:
        opening = analysis.tokens[sentence.first]
        last = found[-1] if found else None
        closing = analysis.tokens[sentence.first - 1].text if sentence.first else ""
        if (
            last
            and last.paragraph == sentence.paragraph
            and (
                opening.text[:1].islower()
                or opening.text == "("
                or closing[-1:].isalnum()
                or _is_zone(opening, closing)
                or _ends_dateline(text, last)
                or _ends_with_title(analysis.tokens, sentence.first)
            )
            and closing[-1:] not in "!?"
            and sentence.last - last.first < LONGEST
        ):
            found[-1] = Sentence(Span(last.span.start, sentence.span.end), last.first, sentence.last, last.paragraph)
        else:
            found.append(sentence)
    return tuple(found)


def _ends_dateline(text: str, last: Sentence) -> bool:
    """Whether a sentence is the dateline of the one behind it."""
    end = dateline_end(text, last.span.start)
    return last.span.start < end and not text[last.span.end : end].strip() and last.span.end <= end


def _ends_with_title(tokens: tuple[Token, ...], first: int) -> bool:
    """Whether a sentence was parted behind a title before a name ("Adj. Sr. Comr. | Hari Wibowo")."""
    last = tokens[first - 1].text if first else ""
    last = tokens[first - 2].text if last == "." and first > 1 else last.removesuffix(".") if last != "." else ""
    return last[:1].isupper() and last.lower() in words("attribution", "titles", "words")


def _is_zone(opening: Token, closing: str) -> bool:
    """Whether a sentence was parted inside "9:47 p.m. CDT"."""
    return closing.lower() in {"a.m.", "p.m."} and 2 <= len(opening.text) <= 4 and opening.text.isupper()


def _clauses(tokens: tuple[Token, ...]) -> tuple[int, ...]:
    """For each token the verb that heads its clause."""
    found = [-1] * len(tokens)
    for index in range(len(tokens)):
        path: list[int] = []
        here = index
        while found[here] < 0 and not _heads_clause(tokens, here):
            path.append(here)
            here = tokens[here].head
        head = here if found[here] < 0 else found[here]
        for each in (*path, here):
            found[each] = head
    return tuple(found)


def _heads_clause(tokens: tuple[Token, ...], index: int) -> bool:
    token = tokens[index]
    if token.head == index:
        return True
    verbal = token.pos in {"VERB", "AUX"}
    if token.dep in CLAUSAL:
        return verbal or token.dep in {"ccomp", "advcl", "relcl"}
    return token.dep == "conj" and verbal and tokens[token.head].pos in {"VERB", "AUX"}
