"""Every sentence that other rooms store for people to read (details, reasons, notes), found in their syntax trees."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SPEAKERS = (
    "crawler/*.py", "crawler/pages/*.py", "crawler/spiders/*.py", "responder/outbox.py", "responder/outcomes.py",
    "responder/replied.py", "responder/unchanged.py", "responder/sightings.py", "responder/exact_text.py",
    "responder/publishers/**/*.py", "gelassen/look_once.py", "gelassen/secrets.py", "db/queries_status.py",
)  # fmt: skip
"""Files whose sentences end up in a detail, a state's reason or a note."""

STEERERS = ("gelassen/**/*.py", "responder/web/pages/*.py", "db/queries_source_changes.py")
"""Files that only give literal reasons (`why="…"`) when they stop or start something."""

ONLY_ON_THE_COMMAND_LINE = {
    *("crawler/kinds.py", "crawler/options.py", "crawler/pasted.py", "crawler/barred.py"),
    *("crawler/recognise.py", "crawler/spiders/scout.py", "crawler/pages/mail_rules.py", "crawler/pages/sifting.py"),
    "crawler/spiders/places.py",
    *("crawler/pages/mail_rule_file.py", "crawler/pages/mail_proof.py", "crawler/pages/mail_trial.py"),
    "crawler/pages/script_values.py",  # what a try of many failed at is never told
}
NOT_FOR_PEOPLE = re.compile(
    "No complete answer within|The answer is longer than|The connection failed:|robots.txt of|Gelassen/|was not found"
)
"""Errors of which the outbox names the type only, the name of a queue, and what the crawler calls itself."""

EXAMPLE = "https://example.org/7"
SENTENCE = re.compile(r"[^\\]*\w[^\\]* [^\\]*[\w)][.?]")
WORDS = re.compile(r"\b[A-Za-z]+\b")
REASONS = {"why", "state_reason"}
LITERAL = ast.Constant | ast.JoinedStr


def spoken() -> Iterator[tuple[str, str]]:
    """(place, sample) of every sentence and reason; gaps are filled with an example."""
    for patterns, find in ((SPEAKERS, sentences), (STEERERS, reasons)):
        for file in sorted(file for pattern in patterns for file in ROOT.glob(pattern)):
            place = file.relative_to(ROOT).as_posix()
            if place not in ONLY_ON_THE_COMMAND_LINE:
                for line, text in find(ast.parse(file.read_text())):
                    yield f"{place}:{line}", text


def sentences(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and sample of each literal that reads like a sentence."""
    silent = docstrings(tree) | parts_of_f_strings(tree)
    for node in ast.walk(tree):
        if isinstance(node, LITERAL) and id(node) not in silent and reads_like_one(node):
            yield node.lineno, whole(sample(node))


def reads_like_one(node: ast.Constant | ast.JoinedStr) -> bool:
    """A full stop behind several words; in a text with gaps three words are enough. Addresses have no blanks."""
    if NOT_FOR_PEOPLE.match(sample(node).removeprefix(EXAMPLE).strip()):
        return False
    if isinstance(node, ast.JoinedStr):
        own = [str(part.value).strip() for part in node.values if isinstance(part, ast.Constant)]
        return any(" " in part for part in own) and len(WORDS.findall(" ".join(own))) >= 3
    return bool(SENTENCE.fullmatch(sample(node).strip()))


def reasons(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Literal reasons and named sentences that serve as one."""
    named = {
        node.targets[0].id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    for node in ast.walk(tree):
        for value in given_reasons(node):
            literal = named.get(value.id) if isinstance(value, ast.Name) else value
            if isinstance(literal, LITERAL) and sample(literal):
                yield literal.lineno, sample(literal)


def given_reasons(node: ast.AST) -> Iterator[ast.expr]:
    """What a call or a dictionary says why something is in its state."""
    if isinstance(node, ast.keyword) and node.arg in REASONS:
        yield node.value
    elif isinstance(node, ast.Dict):
        yield from (value for key, value in zip(node.keys, node.values, strict=True) if sample(key) in REASONS)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "set_health":
        yield from node.args[3:4]


def sample(node: ast.expr | None) -> str:
    """The text of a literal, with an example in each gap; a gap right behind a full stop may stay empty."""
    if isinstance(node, ast.JoinedStr):
        text = ""
        for part in node.values:
            text += sample(part) if isinstance(part, ast.Constant) else "" if text.endswith(".") else EXAMPLE
        return text
    return str(node.value) if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def whole(text: str) -> str:
    """Ends of sentences get a beginning: the crawler puts the address in front of what happened there."""
    if text.startswith(" "):
        return f"{EXAMPLE} is something.{text}"
    return f"{EXAMPLE} {text}" if text[0].islower() and not text.startswith("http") else text


def docstrings(tree: ast.AST) -> set[int]:
    """Strings that stand as statements."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def parts_of_f_strings(tree: ast.AST) -> set[int]:
    return {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
