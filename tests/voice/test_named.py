"""What a draft dares to call by its name, and what it rather leaves to a person."""

from __future__ import annotations

import pytest

from responder.playbook import evidence, load_playbook, named
from responder.playbook.sectors import ANY, sector_of
from responder.profile import Profile
from responder.reading import read
from responder.reading.model import Reading, Span, Text

VOICE = load_playbook().voice("de-DE")


def praised(post: str, title: str = "", *, mixed: bool = False, selling: bool = False) -> str:
    text = Text(post, title, rating=5)
    return named.liked(read(text), text, VOICE, mixed=mixed, selling=selling).get("liked_acc", "")


@pytest.mark.parametrize(
    ("post", "things"),
    [
        ("Euer Steg bei Sonnenaufgang ist der Hammer.", "den Steg und den Sonnenaufgang"),
        ("Die Marillenknödel waren ein Gedicht!", "die Marillenknödel"),
        ("Der Käsekuchen im Café war köstlich, der Kaffee auch, und erst die Terrasse!", "den Käsekuchen und das Café"),
        ("Der Dingsbums war toll.", ""),
        ("Guter Preis!", ""),
    ],
)
def test_praised_things_are_named_with_their_article_two_at_most(post: str, things: str) -> None:
    assert praised(post) == things


def test_a_thing_beside_a_complaint_is_not_thanked_for() -> None:
    assert praised("Schöne Sauna. Nur das Frühstück war leider mager.", mixed=True) == "die Sauna"


def test_a_mixed_post_must_praise_the_thing_in_the_same_clause() -> None:
    assert praised("Wir saßen auf der Terrasse. Das Essen war kalt.", mixed=True) == ""


def test_the_title_of_praise_names_things_too() -> None:
    assert praised("Herr Nowak kam zweimal zum Messen.", "Bett nach Maß").startswith("das Bett")


def test_what_guests_bring_is_praised_only_where_it_is_sold() -> None:
    assert praised("Toller Koffer!") == ""
    assert praised("Toller Koffer!", selling=True) == "den Koffer"


def test_a_personal_datum_is_never_a_thing() -> None:
    text = Text("Herrlich, der Garten!", rating=5)
    reading = Reading(language="de", sentiment="positive", pii=(Span(14, 20, "name"),))
    assert named.liked(reading, text, VOICE, mixed=False, selling=False) == {}


@pytest.mark.parametrize(
    ("post", "colleague"),
    [
        ("Danke an Frau Aydin!", "Frau Aydin"),
        ("Herr Nowak hat alles erklärt.", "Herrn Nowak"),
        ("Meine Frau war begeistert.", None),
        ("Frau Brandt war so nett.", None),
    ],
)
def test_a_thanked_colleague_is_named_unless_he_signs_himself(post: str, colleague: str | None) -> None:
    assert named.thanked(Text(post), "Jana Brandt", VOICE).get("staff_acc") == colleague


@pytest.mark.parametrize(
    ("profile", "name"),
    [
        (Profile(sector="hotel"), "hotel"),
        (Profile(sector="Zahnarztpraxis"), "practice"),
        (Profile(business="Möbelhaus Lindner"), "shop"),
        (Profile(business="Nordlicht"), ""),
        (Profile(), ""),
    ],
)
def test_the_trade_is_known_by_its_word_or_by_the_name_of_the_house(profile: Profile, name: str) -> None:
    assert sector_of(profile).name == name


def test_a_matter_that_the_trade_cannot_have_is_not_named() -> None:
    hotel = sector_of(Profile(sector="hotel"))
    keys = ("wrong_item", "room_noisy")
    assert [matter.key for matter in evidence.named(keys, VOICE, "complaint", hotel)] == ["room_noisy"]
    assert len(evidence.named(keys, VOICE, "complaint", ANY)) == 2


def test_a_matter_that_is_itself_covered_covers_nothing() -> None:
    keys = ("delivered_late", "delivery_late", "information_missing")
    found = [matter.key for matter in evidence.named(keys, VOICE, "complaint", ANY)]
    assert found == ["delivered_late", "information_missing"]


@pytest.mark.parametrize(
    ("post", "rating", "critical"),
    [
        ("Alles schön, leider kein Parkplatz.", 5, True),
        ("Gut, nur der Kaffee war dünn.", 4, True),
        ("Gekauft hab ich eine Lampe, aber die liebe ich.", 4, False),
        ("Nett, aber laut.", 3, True),
        ("Rundum gelungen.", 5, False),
    ],
)
def test_good_words_with_a_but_are_not_taken_for_mere_praise(post: str, rating: int, critical: bool) -> None:
    assert evidence.criticises(Text(post), rating / 5) is critical


@pytest.mark.parametrize("locale", ["de-DE", "de-AT", "de-CH"])
def test_who_is_addressed_by_du_gets_a_verb_that_fits(locale: str) -> None:
    voice = load_playbook().voice(locale)
    for slot, phrases in voice.phrases.items():
        for phrase in phrases:
            said = phrase.render(dict.fromkeys(phrase.names, "X"), formal=False, team=False)
            for clause in said.replace(";", ",").replace(".", ",").replace(":", ",").split(","):
                words = clause.split()
                if "du" in words:
                    assert any(word.strip("?!").endswith("t") for word in words), (slot, said)


@pytest.mark.parametrize(
    ("post", "colleague"),
    [
        ("Der Schaffner hat den Kindern vorgelesen.", "den Schaffner"),
        ("Die neue Verkäuferin kann Gebärdensprache.", "die Verkäuferin"),
        ("Der Kuchen war ein Traum.", None),
    ],
)
def test_whoever_is_praised_by_his_work_gets_the_praise(post: str, colleague: str | None) -> None:
    assert named.thanked(Text(post), "Jana Brandt", VOICE).get("staff_acc") == colleague
