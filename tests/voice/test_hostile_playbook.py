"""Whatever stands in a business's files: no draft gets slow, long or unresolved, and an answer still comes."""

from __future__ import annotations

import gc
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from responder.drafting import MOST_BYTES, DraftRequest, draft
from responder.playbook import PhraseError, compile_phrase, load_playbook
from responder.playbook.grammar import NAMES
from responder.playbook.wordings import SAID
from responder.profile import Profile
from responder.reading.model import Text
from tests.voice.own import write
from tests.voice.people import JANA, complaint

HOSTILE = {
    "python attributes": "{when.__class__.__mro__[1].__subclasses__()}",
    "jinja expression": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "jinja loop": "{% for i in range(1000000000) %}x{% endfor %}",
    "format specification": "{when:>1000000000}",
    "conversion": "{when!r}",
    "shell and scripts": "$(id) ${7*7} #{7*7} <%= 7*7 %>",
    "percent format": "%(secret)s %(when)1000000000d",
    "nested choices": "{{Sie|{du|{Sie|du}}}|du}",
    "a thousand braces": "{" * 1000 + "}" * 1000,
    "a long text": "Bis {when} " * 40_000,
    "hidden characters": "Bis {when}\u202e\u200b\x00\x1b[2J mehr.",
    "line breaks": "Bis {when}\n\n\nmehr.\r\n",
}
FILES = {
    "nested arrays": "x = " + "[" * 50_000,
    "nested inline tables": "x = " + "{a = " * 20_000,
    "dotted key": "[phrases]\n" + ".".join(["a"] * 50_000) + " = 1\n",
    "dotted header": "[" + ".".join(["a"] * 50_000) + "]\n",
    "huge file": '[phrases]\nwish = ["' + "x" * 3_000_000 + '"]\n',
    "a thousand wordings": "[phrases]\naction = [" + '"Bis {when} mehr und {answer}.",' * 5_000 + "]\n",
    "every type": '[phrases]\nwish = [1, 1.5, true, 1979-05-27, [], {}, "{x}"]\naction = 5\nask = {}\n',
    "wrong tables": 'phrases = 1\ncomplaint = []\nquestion = "x"\nnouns = 5\nwords = [1]\nstars = false\n',
    "wrong matters": '[complaint]\nfood_cold = 1\n[praise.all_good]\nwords = ["(a|a)*$"]\nnp = [1]\nask = "x"\n',
    "braces in values": '[stars]\n1 = "{when}"\n[team]\nformal = "{{x}}"\n[words]\n"Tag" = "{"\n[once]\nstems = "{}"\n',
    "long values": '[phrases]\nregret_short = ["' + "{business}" * 12 + '"]\n',
    "nothing usable": "[phrases]\n" + "".join(f"{slot} = []\n" for slot in ("action", "regret_short", "thanks_regret")),
}
PIECES = [
    "{", "}", "{{", "}}", "{%", "%}", "[", "]", "|", "/", "\\", "\n", "\t", "\0", "\u200b", "ß", "Sie", "du", "%s", "$",
    "<%", "%>", "#{", "__class__", ".", "!r", ":>99999", "(a+)+$", "ich", "wir", " ", "a" * 120, "0" * 50, '"', "'''",
    *(f"{{{name}}}" for name in sorted(NAMES)), "{Sie|du}", "{ich/wir}", "{When}", "[hier ergänzen]",
]  # fmt: skip
VALUES = {**SAID["de"], "contact": "hilfe@haus.example", "mail": "hilfe@haus.example", "signature": "Jana Brandt"}
VALUES |= {"business": "Haus am Markt"}
UNRESOLVED = re.compile(r"[{}]|%\(|<%|%>|\$\(|__class__|\bNone\b|[\x00-\x09\x0b-\x1f\u200b\u202e]")
LIMIT = 0.1
"""Seconds of this process's own time, so that a busy machine is no finding."""


@pytest.fixture(autouse=True)
def undisturbed() -> Iterator[None]:
    """No collection of what other tests left behind falls into a measured time."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def rendered(source: str) -> str:
    """What a wording becomes; empty when it is refused."""
    try:
        phrase = compile_phrase(source)
    except PhraseError:
        return ""
    return phrase.render(VALUES, formal=True, team=False)


def holds(source: str) -> None:
    begun = time.process_time()
    text = rendered(source)
    assert time.process_time() - begun < LIMIT
    assert len(text.encode()) <= MOST_BYTES
    assert not UNRESOLVED.search(re.sub(r"__class__", "", text) if "__class__" in source else text), text


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_wording_is_refused(name: str) -> None:
    begun = time.process_time()
    with pytest.raises(PhraseError) as refused:
        compile_phrase(HOSTILE[name])
    assert time.process_time() - begun < LIMIT
    assert len(str(refused.value)) < 1000


def test_ten_thousand_generated_wordings_are_refused_or_said_in_full() -> None:
    chance = random.Random(20261126)
    said = 0
    for _ in range(10_000):
        source = "".join(chance.choices(PIECES, k=chance.randint(1, 12)))
        holds(source)
        said += bool(rendered(source))
    assert said > 500, "the generator must also make wordings that are good"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_wording_in_a_file_stops_no_answer(tmp_path: Path, name: str) -> None:
    wording = HOSTILE[name].encode("unicode_escape").decode().replace("\\x", "\\u00").replace('"', "'")
    book = load_playbook(write(tmp_path, f'[phrases]\naction = ["{wording}"]\n'))
    proposal = draft(DraftRequest(complaint("food_cold"), Text("kalt", rating=1), JANA, playbook=book))
    assert book.problems
    assert proposal == draft(DraftRequest(complaint("food_cold"), Text("kalt", rating=1), JANA))


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_read_quickly_and_stops_no_answer(tmp_path: Path, name: str) -> None:
    load_playbook(tmp_path)
    write(tmp_path, FILES[name])
    begun = time.process_time()
    book = load_playbook(tmp_path)
    assert time.process_time() - begun < 10 * LIMIT
    text = draft(DraftRequest(complaint("food_cold"), Text("kalt", rating=1), JANA, playbook=book)).text
    assert 0 < len(text.encode()) <= MOST_BYTES
    assert not UNRESOLVED.search(text)
    assert "Jana Brandt" in text


def test_values_of_the_profile_cannot_blow_an_answer_up(tmp_path: Path) -> None:
    book = load_playbook(write(tmp_path, '[phrases]\naction = ["' + "{business}" * 12 + ' bis {when}."]\n'))
    long = Profile(signature="J" * 100_000, business="H" * 100_000, contact="c@" + "x" * 100_000)
    text = draft(DraftRequest(complaint("food_cold"), Text("kalt", rating=1), long, playbook=book)).text
    assert 0 < len(text.encode()) <= MOST_BYTES


def test_what_cannot_be_read_at_all_is_reported(tmp_path: Path) -> None:
    (tmp_path / "de" / "phrases.toml").mkdir(parents=True)
    (tmp_path / "de" / "topics.toml").write_bytes(b"\xff\xfe\x00")
    problems = load_playbook(tmp_path).problems
    assert {problem.file for problem in problems} == {"de/phrases.toml", "de/topics.toml"}
