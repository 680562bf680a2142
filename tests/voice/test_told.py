"""The matter in our own words for what nobody wrote down beforehand: true to the post, grammatical, never a quote."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from responder.drafting import DraftRequest, draft, open_gaps
from responder.playbook import load_playbook, told
from responder.playbook.about import general, sure_of
from responder.playbook.asked import Asked
from responder.playbook.grammar import Phrase, compile_phrase
from responder.playbook.model import Matter, Trouble, Voice
from responder.playbook.nouns import NEVER, Noun
from responder.playbook.situations import decide
from responder.profile import Profile
from responder.reading import read, rules
from responder.reading.model import Text
from tests.voice.people import JANA, MONDAY

POSTS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "unforeseen_posts.toml").read_text("utf-8"))[
    "post"
]
VOICE = load_playbook().voice("de-DE")
SWISS = load_playbook().voice("de-CH")
ALL = [noun for nouns in VOICE.nouns.entries.values() for noun in nouns if noun.kind != NEVER]
THINGS = list({(noun.kind, noun.gender): noun for noun in ALL}.values())
"""One noun of every kind and gender: nothing else decides how a trouble is said of it."""
SINGULAR = re.compile(r" (?:war|hat|ist|wurde|kam|konnte|schließt|fehlt|lässt|hatte)\b")
PLURAL = re.compile(
    r"(?<! zu) (?:waren|haben|sind|wurden|kamen|konnten|schließen|fehlen|lassen|funktionieren|hatten)\b"
)


def matters(text: str, sector: str = "", **more: Any) -> tuple[Matter, ...]:
    post = Text(text, rating=more.pop("rating", 1.0))
    asked = Asked(read(post), post, Profile(sector=sector, **more), "open", 1, "full")
    return decide(asked, VOICE).matters


def said(phrase: Phrase, *, formal: bool = True) -> str:
    return phrase.render(dict.fromkeys(phrase.names, "heute"), formal=formal, team=False)


def thats(text: str, sector: str = "") -> list[str]:
    return [said(phrase) for matter in matters(text, sector) for phrase in matter.forms["that"]]


def in_our_words(post: dict[str, Any]) -> tuple[Matter, ...]:
    """The matters without the customer's clause, which says more where there is one (test_restate.py)."""
    text = Text(post["text"], rating=1.0)
    asked = Asked(read(text), text, Profile(sector=post["sector"]), "open", 1, "full")
    pieces = told.composed(asked.reading, text, VOICE, discreet=False)
    found = told.joined(sure_of(asked, VOICE), pieces, asked.reading, text) or told.plain(text, VOICE)
    return found or general(asked, VOICE)


@pytest.mark.parametrize("post", POSTS, ids=[post["id"] for post in POSTS])
def test_what_happened_is_said_in_our_own_words(post: dict[str, Any]) -> None:
    spoken = " | ".join(said(phrase) for matter in in_our_words(post) for phrase in matter.forms["that"])
    assert [part for part in post["says"] if part not in spoken] == []


@pytest.mark.parametrize("post", POSTS, ids=[post["id"] for post in POSTS])
def test_the_draft_needs_nobody_and_leaves_out_what_is_not_the_matter(post: dict[str, Any]) -> None:
    text = Text(post["text"], rating=1.0)
    profile = Profile(sector=post["sector"], signature="Jana Brandt", today=MONDAY)
    proposal = draft(DraftRequest(read(text), text, profile, key=post["id"]))
    assert proposal.needs == ()
    assert not open_gaps(proposal.text)
    assert "{" not in proposal.text
    assert [word for word in post.get("never", ()) if word in proposal.text] == []
    assert not re.search(r"\b(?:wir|mein\w*|unser\w*) (?:mussten|wurden|hatten|Zimmer|Paket)\b", proposal.text)


@pytest.mark.parametrize(
    "text",
    [
        "Nicht versalzen war die Suppe, sondern die Rechnung.",
        "Ich hoffe, dass der Aufzug nicht kaputt ist.",
        "Wenn die Dusche kalt wäre, würde ich es sagen.",
        "Ist das Hallenbad am Montag geschlossen?",
    ],
)
def test_denied_supposed_or_asked_troubles_are_none(text: str) -> None:
    assert not {matter.key for matter in matters(text, rating=3.0)} & {"salty", "broken", "cold", "closed"}


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("Der Aufzug, der seit Wochen kaputt ist, steht leer.", "Aufzug"),
        ("Wir hatten einen Mietwagen. Er war dreckig.", "Mietwagen"),
        ("Kaputt war wieder einmal der Getränkeautomat.", "Getränkeautomat"),
        ("Kalte und zähe Pommes!", "Pommes"),
        ("Die Tür der Kabine klemmt.", "Tür"),
        ("Im Saal war es stickig.", "Saal"),
    ],
)
def test_the_thing_is_found_where_the_sentence_puts_it(text: str, thing: str) -> None:
    assert any(thing in spoken for spoken in thats(text))


@pytest.mark.parametrize(
    ("text", "said"),
    [("Das Dingsbums war kaputt.", ["das Dingsbums kaputt war"]), ("Graffl ist überall schmutzig.", [])],
)
def test_a_noun_of_unknown_gender_is_named_only_with_the_article_that_the_customer_gave_it(
    text: str, said: list[str]
) -> None:
    assert [spoken for spoken in thats(text) if "Dingsbums" in spoken or "Graffl" in spoken] == said


def test_a_thing_of_which_nothing_is_told_is_left_to_a_person() -> None:
    text = Text("Euer Fahrplan ist ein Märchenbuch.", rating=1.0)
    proposal = draft(DraftRequest(read(text), text, Profile(sector="transport", today=MONDAY), key="1"))
    assert proposal.needs == ("matter",)
    assert "Fahrplan" not in proposal.text


def test_a_hand_written_matter_stays_where_it_says_as_much() -> None:
    assert [m.key for m in matters("Auf drei Mails kam keine Antwort, und der Garantiefall wurde abgelehnt.")][:1] != [
        "about"
    ]
    assert "delivered_late" in [m.key for m in matters("Der Tisch kam zwei Wochen zu spät.", "shop")]


def test_praise_with_a_mended_trouble_stays_praise() -> None:
    post = Text("Mein Drucker war kaputt, nach zwei Tagen repariert. Klasse Service!", rating=5.0)
    assert decide(Asked(read(post), post, Profile(sector="shop"), "open", 1, "full"), VOICE).name == "praise"


def test_a_confidential_house_names_the_kind_and_not_the_thing() -> None:
    (matter, *_) = matters("Die Umkleide war viel zu klein.", "practice", confidential=True)
    assert "Umkleide" not in matter.theme


def test_a_confidential_house_is_never_told_of_goods() -> None:
    assert not matters("Die Füllung ist nach einer Woche herausgefallen.", "practice", confidential=True)


def test_personal_data_are_no_thing() -> None:
    assert not any("Straße" in spoken for spoken in thats("Paket nie gekommen, Lindenstraße 4, 50667 Köln."))


def bound(trouble: Trouble, noun: Noun, voice: Voice, facts: dict[str, str]) -> Matter:
    return told.said_of(trouble, noun, facts, voice, discreet=False)


@pytest.mark.parametrize("trouble", [t for t in VOICE.troubles if t.thing != "none"], ids=lambda t: t.matter.key)
@pytest.mark.parametrize(
    "facts",
    [{}, {"lasting": "zwei Wochen lang", "took": "zwei Wochen"}, {"since": "zwei Wochen"}],
    ids=["bare", "lasting", "since"],
)
def test_every_trouble_can_be_said_of_everything_it_fits(trouble: Trouble, facts: dict[str, str]) -> None:
    for noun in (thing for thing in THINGS if trouble.fits(thing.kind)):
        matter = bound(trouble, noun, VOICE, facts)
        assert matter.theme
        assert matter.nouns
        for form in ("that", "expected", "look", "answer"):
            texts = [said(phrase, formal=formal) for phrase in matter.forms[form] for formal in (True, False)]
            assert texts
            assert not any("{" in text or "WORD" in text or "  " in text for text in texts), (noun, texts)
        for text in map(said, matter.forms["that"]):
            assert "," not in text
            if text.startswith(noun.forms()["thing_nom"] + " "):
                assert not (SINGULAR if noun.many else PLURAL).search(text), text


def test_swiss_answers_have_no_sharp_s_even_in_the_things() -> None:
    street = VOICE.nouns.find("Straße")[0]
    for trouble in (t for t in SWISS.troubles if t.fits(street.kind) and t.thing != "none"):
        matter = bound(trouble, street, SWISS, {})
        spoken = [matter.theme, *(said(p) for phrases in matter.forms.values() for p in phrases)]
        spoken += [said(case) for n in matter.nouns for case in (n.nominative, n.accusative, n.dative)]
        assert not any("ß" in text for text in spoken)


def test_an_adjective_and_its_thing_agree_in_every_case() -> None:
    broken = next(trouble for trouble in VOICE.troubles if trouble.matter.key == "broken")
    matter = bound(broken, VOICE.nouns.find("Aufzug")[0], VOICE, {})
    noun = matter.nouns[0]
    cases = [said(case) for case in (noun.nominative, noun.accusative, noun.dative)]
    assert cases == ["der defekte Aufzug", "den defekten Aufzug", "dem defekten Aufzug"]


def test_the_second_mention_of_a_thing_is_a_pronoun() -> None:
    text = Text("Eine Stunde auf das Schnitzel gewartet, dann war das Schnitzel versalzen.", rating=1.0)
    answer = draft(DraftRequest(read(text), text, JANA, key="1")).text
    assert answer.count("Schnitzel") <= 2


def test_every_sign_of_the_reading_has_words_and_every_entry_a_sign() -> None:
    signs = {pattern.label for name in ("troubles", "absences") for pattern in rules.load(name).patterns}
    entries = {trouble.sign for trouble in VOICE.troubles} - {told.ABOUT}
    assert signs == entries


def test_what_an_entry_says_it_covers_exists() -> None:
    covered = {key for trouble in VOICE.troubles for key in trouble.matter.covers}
    assert covered <= VOICE.matters["complaint"].keys()


def test_every_kind_of_thing_has_its_common_forms() -> None:
    kinds = {noun.kind for noun in ALL} | {"own", "other"}
    assert kinds <= VOICE.kinds.keys()
    assert all(VOICE.kinds[kind].forms.keys() >= {"expected", "look", "answer"} for kind in kinds)


def test_a_swimmer_hears_nothing_of_his_room() -> None:
    spoken = " ".join(thats("Haare im Abfluss, die Umkleide stinkt nach Urin.", "pool"))
    assert "Umkleide" in spoken
    assert "Zimmer" not in spoken


def test_the_number_in_a_phrase_is_chosen_by_the_thing() -> None:
    phrase = compile_phrase("{thing_nom} kalt {war+waren}")
    one, several = (VOICE.nouns.find(word)[0] for word in ("Suppe", "Suppen"))
    spoken = [phrase.bind(noun.forms(), many=noun.many).render({}, formal=True, team=False) for noun in (one, several)]
    assert spoken == ["die Suppe kalt war", "die Suppen kalt waren"]


def test_what_is_put_into_a_phrase_still_melts_with_its_preposition() -> None:
    phrase = compile_phrase("zu {thing_dat}").bind(VOICE.nouns.find("Aufzug")[0].forms(), many=False)
    assert phrase.render({}, formal=True, team=False) == "zum Aufzug"
