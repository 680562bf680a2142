"""Words of a folded text with the clause they stand in, and how far a negation reaches."""

from __future__ import annotations

import re
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[.!?\n;:,()\-]|\S")
CLAUSE_ENDS = frozenset(".!?\n;:,()-")
CONJUNCTIONS = frozenset("aber sondern jedoch doch dafuer trotzdem obwohl weil und but however although".split())
NEGATORS = frozenset(
    "nicht nich nit net ned noed nid nie niemals nimmer kein keine keinen keinem keiner keines keins kaum ohne weder "
    "nichts niemand nirgends keinerlei keinesfalls keineswegs not no never without hardly didn't doesn't don't isn't "
    "wasn't weren't won't can't couldn't wouldn't hasn't haven't neither nothing nobody kei keni keis niene".split()
)
# Negations that deny nothing: "nicht nur kalt", "kein Wunder, dass es kalt war".
EMPTY_NEGATIONS = re.compile(
    r"\b(?:nicht (?:nur|zuletzt|mal|einmal|umsonst)|kein wunder|keine frage|nichts (?:desto|als)|wieso nicht|"
    r"warum nicht|(?:noch )?nie(?:mals)? (?:so|solch|ein|einen|eine)|"
    r"noch nie (?:erlebt|gesehen|gehabt|gegessen|besser\w*|etwas|was)|nie wieder|not only|no (?:wonder|longer))\b"
)
DENYING_PHRASES = re.compile(r"\b(?:alles andere als|far from)\b")
REACH = 4
LONG_REACH = 9
LONGEST_WORD = 60  # anything longer is no word, and would only cost time
FAR_NEGATORS = frozenset("weder niemand neither nobody".split())


@dataclass(frozen=True, slots=True)
class Token:
    """A word, mark or sign of the folded text; `clause` counts the clauses."""

    word: str
    start: int
    end: int
    clause: int


def tokens(folded: str) -> list[Token]:
    """The words of a text in order, marks included."""
    empty = {match.start() for match in EMPTY_NEGATIONS.finditer(folded)}
    denying = {match.start() for match in DENYING_PHRASES.finditer(folded)}
    found: list[Token] = []
    clause = 0
    for match in WORD.finditer(folded):
        word = match.group()
        clause += word in CLAUSE_ENDS or word in CONJUNCTIONS
        if match.start() not in empty and len(word) <= LONGEST_WORD:
            word = "nicht" if match.start() in denying else word
            found.append(Token(word, match.start(), match.end(), clause))
    return found


def is_negator(token: Token) -> bool:
    return token.word in NEGATORS


def negated_before(words: list[Token], index: int, reach: int = REACH) -> bool:
    """Does a negation earlier in the same clause reach the word at `index`? Two of them cancel out."""
    here = words[index].clause
    near = [token for token in words[max(0, index - reach) : index] if token.clause == here]
    far = [token for token in words[max(0, index - LONG_REACH) : index - len(near)] if token.clause == here]
    return (sum(map(is_negator, near)) + sum(token.word in FAR_NEGATORS for token in far)) % 2 == 1
