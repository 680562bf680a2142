"""German nouns: gender, number and cases of what stands in the list, of compounds, plurals and endings."""

from __future__ import annotations

import pytest

from responder.playbook import load_playbook
from responder.playbook.nouns import NEVER, Lexicon, Noun, lexicon, weak_adjective

NOUNS = load_playbook().voice("de-DE").nouns
ARTICLES = {
    "m": ("der", "den", "dem"),
    "f": ("die", "die", "der"),
    "n": ("das", "das", "dem"),
    "p": ("die", "die", "den"),
}


def first(word: str) -> Noun:
    return NOUNS.find(word)[0]


def listed() -> list[Noun]:
    return [noun for nouns in NOUNS.entries.values() for noun in nouns]


def test_some_thousands_of_nouns_are_known() -> None:
    assert len(NOUNS.entries) > 3000


@pytest.mark.parametrize(
    ("word", "gender"),
    [
        ("Aufzug", "m"),
        ("Ohrensessel", "m"),
        ("Familienumkleide", "f"),
        ("Hochzeitstorte", "f"),
        ("Rückgabebox", "f"),
        ("Hallenbad", "n"),
        ("Aufzüge", "p"),
        ("Gläser", "p"),
        ("Museen", "p"),
        ("Pizzen", "p"),
        ("Semmeln", "p"),
        ("Kolleginnen", "p"),
        ("Apps", "p"),
        ("Pommes", "p"),
        ("Öfen", "p"),
        ("Ausleihfristverlängerung", "f"),
        ("Betriebsbereitschaft", "f"),
        ("Fruehstueck", "n"),
    ],
)
def test_the_gender_of_listed_words_compounds_plurals_and_endings(word: str, gender: str) -> None:
    assert first(word).gender == gender


@pytest.mark.parametrize("word", ["Dingsbums", "Graffl", "Xyz", "Ab"])
def test_what_is_unknown_stays_unknown(word: str) -> None:
    assert NOUNS.find(word) == ()


@pytest.mark.parametrize("word", ["Frechheit", "Kinder", "Woche", "Hammer", "Saftladen", "Enttäuschung"])
def test_feelings_people_times_and_scolding_are_never_named(word: str) -> None:
    assert all(noun.kind == NEVER for noun in NOUNS.find(word))


@pytest.mark.parametrize(
    ("word", "accusative", "dative"),
    [
        ("Aufzug", "den Aufzug", "dem Aufzug"),
        ("Umkleiden", "die Umkleiden", "den Umkleiden"),
        ("Gläser", "die Gläser", "den Gläsern"),
        ("Zügen", "die Züge", "den Zügen"),
        ("Apps", "die Apps", "den Apps"),
        ("Kollege", "den Kollegen", "dem Kollegen"),
        ("Physiotherapeut", "den Physiotherapeuten", "dem Physiotherapeuten"),
        ("Fahrkartenautomat", "den Fahrkartenautomaten", "dem Fahrkartenautomaten"),
        ("Geschnetzelte", "das Geschnetzelte", "dem Geschnetzelten"),
        ("Käse", "den Käse", "dem Käse"),
        ("Torte", "die Torte", "der Torte"),
    ],
)
def test_nouns_stand_in_their_cases(word: str, accusative: str, dative: str) -> None:
    forms = first(word).forms()
    assert (forms["thing_acc"], forms["thing_dat"]) == (accusative, dative)


def test_every_listed_noun_has_the_article_of_its_gender_and_one_capitalised_word() -> None:
    for noun in listed():
        forms = noun.forms()
        said = [forms[name].split(" ", 1) for name in ("thing_nom", "thing_acc", "thing_dat")]
        assert tuple(article for article, _ in said) == ARTICLES[noun.gender], noun
        assert all(word[0].isupper() and " " not in word for _, word in said), noun


def test_no_word_has_the_same_gender_twice() -> None:
    assert all(len({noun.gender for noun in nouns}) == len(nouns) for nouns in NOUNS.entries.values())


@pytest.mark.parametrize(
    ("adjective", "gender", "case", "said"),
    [
        ("kalt", "n", "n", "kalte"),
        ("kalt", "m", "a", "kalten"),
        ("kalt", "f", "d", "kalten"),
        ("kalt", "p", "n", "kalten"),
        ("dunkel", "n", "a", "dunkle"),
        ("teuer", "f", "n", "teure"),
        ("hoch", "m", "n", "hohe"),
    ],
)
def test_an_adjective_after_the_article_takes_the_weak_ending(
    adjective: str, gender: str, case: str, said: str
) -> None:
    assert weak_adjective(adjective, gender, case) == said


def test_a_business_adds_its_own_words_beside_the_built_in_ones() -> None:
    own = lexicon({"m": "Zauberwald", "goods": {"n": "Sofa"}})
    assert isinstance(own, Lexicon)
    assert [noun.kind for noun in own.find("Zauberwald")] == ["own"]
    assert own.find("Ecksofa")[0].gender == "n"
