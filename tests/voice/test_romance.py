"""Answers in French and Italian: short, correct, in one form of address, and never with a German word."""

from __future__ import annotations

import re

import pytest

from responder.drafting import DraftRequest, Proposal, Turn, draft, length
from responder.playbook import load_playbook
from responder.profile import Profile
from responder.reading import read
from responder.reading.model import Reading, Text
from responder.tone import acceptable
from tests.voice.people import MONDAY

BOOK = load_playbook()
LANGUAGES = ("fr", "it")
FORMAL = {"fr": re.compile(r"\b(?:vous|votre|vos)\b", re.I), "it": re.compile(r"\b(?:Lei|Suo|Sua|Suoi|Sue|Le|La)\b")}
INFORMAL = {
    "fr": re.compile(r"\b(?:tu|ton|ta|tes|te|toi)\b|\bt'", re.I),
    "it": re.compile(r"\b(?:tu|tuo|tua|ti)\b", re.I),
}
NOT_ELIDED = {
    "fr": re.compile(r"\b(?:que|je|de|le|la|ne|se|me|te) [aeéèêiouyâàôh](?!uit\b)|\b(?:de|à) les?\b", re.I),
    "it": re.compile(r"\b(?:di|a|da|in|su) (?:il|lo|la|i|gli|le)\b|\b(?:lo|la|una|della|nella) [aeiou]", re.I),
}
"""What a French or Italian reader stumbles over: a vowel after "que", "de" beside "le"."""
GERMAN = re.compile(r"\b(?:und|der|die|das|ist|nicht|wir|heute|Dienstag|Mittwoch|November\b(?=\.))\b|ß")
SITUATIONS = [
    ("complaint_open", {}),
    ("right", {"assessment": "right"}),
    ("partly", {"assessment": "partly"}),
    ("own_fault", {"assessment": "own_fault"}),
    ("misunderstanding", {"assessment": "misunderstanding"}),
    ("repeat", {"step": 2}),
    ("third", {"step": 3}),
    ("holding", {"kind": "holding"}),
    ("private", {"kind": "private_channel"}),
    ("follow_up", {"kind": "follow_up"}),
]


def house(locale: str, **more: object) -> Profile:
    return Profile(locale=locale, signature="Claire Morel", contact="aide@lac.example", today=MONDAY, **more)  # type: ignore[arg-type]


def answer(reading: Reading, profile: Profile, post: str = "…", rating: float | None = 1, **more: object) -> Proposal:
    return draft(DraftRequest(reading, Text(post, rating=rating), profile, **more))  # type: ignore[arg-type]


def good(text: str, language: str, *, formal: bool) -> None:
    """What holds for every answer in one of these languages."""
    assert text.strip()
    assert not re.search(r"[{}]|\bNone\b|  | ,|\.\.", text), text
    assert not (INFORMAL if formal else FORMAL)[language].search(body(text)), text
    assert not NOT_ELIDED[language].search(body(text)), text
    assert not GERMAN.search(text), text


def body(text: str) -> str:
    """The sentences without gaps, which a person fills in, and without capitals that only begin a sentence."""
    bare = re.sub(r"\[[^\]]*\]", "", text)
    return re.sub(r"(^|[.!?:;] |\n)(\w)", lambda match: match[1] + match[2].lower(), bare)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["sie", "du"])
@pytest.mark.parametrize(("situation", "more"), SITUATIONS)
def test_every_matter_is_answered_in_good_language(
    language: str, address: str, situation: str, more: dict[str, object]
) -> None:
    voice = BOOK.voice(language)
    for key in voice.matters["complaint"]:
        reading = Reading(language=language, sentiment="negative", matters=(key,), anger=2)  # type: ignore[arg-type]
        for team in (False, True):
            profile = house(language, address=address, signature_style="team" if team else "name")
            for number in range(3):
                said = answer(reading, profile, key=str(number), **more)
                good(said.text, language, formal=address == "sie")
                assert acceptable([f for f in said.findings if said.text[f.start] != "["]), said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["sie", "du"])
def test_every_topic_praise_and_question_is_answered_in_good_language(language: str, address: str) -> None:
    voice = BOOK.voice(language)
    for kind in ("praise", "question"):
        for key in voice.matters[kind]:
            reading = Reading(
                language=language,  # type: ignore[arg-type]
                sentiment="positive" if kind == "praise" else "neutral",
                matters=(key,),
                is_question=kind == "question",
            )
            for number in range(4):
                said = answer(
                    reading, house(language, address=address), rating=5 if kind == "praise" else None, key=str(number)
                )
                good(said.text, language, formal=address == "sie")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("risk", ["legal", "safety", "discrimination", "violence", "self_harm"])
def test_a_risk_gets_a_neutral_answer(language: str, risk: str) -> None:
    reading = Reading(language=language, sentiment="negative", risks=(risk,), matters=())  # type: ignore[arg-type]
    said = answer(reading, house(language))
    good(said.text, language, formal=True)
    assert acceptable(list(said.findings))
    assert said.situation in ("risk", risk)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_confidential_house_confirms_nothing(language: str) -> None:
    confirms = re.compile(
        r"rendez-vous|chambre|séjour|patient|client|appuntament|camera|soggiorno|pazient|attend|aspett", re.I
    )
    for key in ("waited_long", "staff_unfriendly", "room_noisy"):
        reading = Reading(language=language, sentiment="negative", matters=(key,))  # type: ignore[arg-type]
        for number in range(6):
            said = answer(reading, house(language, confidential=True), key=str(number))
            good(said.text, language, formal=True)
            assert not confirms.search(said.text), said.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_short_outlet_gets_a_short_form(language: str, step: int) -> None:
    reading = Reading(language=language, sentiment="negative", matters=("waited_long",))  # type: ignore[arg-type]
    said = answer(reading, house(language, max_len=200, unit="graphemes"), step=step)
    assert length(said.text, "graphemes") <= 200
    assert not said.needs


@pytest.mark.parametrize("language", LANGUAGES)
def test_stars_without_words_are_answered(language: str) -> None:
    for rating, mood in ((5.0, "positive"), (4.0, "positive"), (1.0, "negative"), (2.0, "negative")):
        said = answer(Reading(sentiment=mood), house(language), post="", rating=rating)  # type: ignore[arg-type]
        good(said.text, language, formal=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_repeat_says_nothing_twice(language: str) -> None:
    reading = Reading(language=language, sentiment="negative", matters=("delivery_missing",))  # type: ignore[arg-type]
    first = answer(reading, house(language), key="1").text
    again = answer(reading, house(language), key="1", step=2, history=(Turn("us", first),)).text
    sentences = [part for part in re.split(r"[.!?\n] ?", first) if len(part) > 24]
    assert not [sentence for sentence in sentences if sentence in again]


@pytest.mark.parametrize(
    ("post", "locale", "said"),
    [
        ("Nous avons attendu une heure et le plat était froid.", "de-CH", "mercredi 25 novembre"),
        ("Abbiamo aspettato un'ora e il piatto era freddo.", "de-CH", "mercoledì 25 novembre"),
        ("Le personnel était très désagréable.", "fr", "l'accueil"),
        ("Il personale era molto scortese.", "it", "l'accoglienza"),
        ("The food was cold and the staff was rude.", "fr", "sorry"),
    ],
)
def test_a_post_is_answered_in_its_own_language(post: str, locale: str, said: str) -> None:
    given = Text(post, rating=1)
    text = draft(DraftRequest(read(given), given, house(locale))).text
    assert said in text, text
