"""What a grave post reports is named neutrally, and only where the post says so itself."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from responder.drafting import Proposal, draft, open_gaps
from responder.playbook import load_playbook
from responder.playbook.request import DraftRequest
from responder.profile import Profile
from responder.reading import read
from responder.reading.model import Text
from responder.tone import acceptable
from tests.voice.people import FRANZ, JANA, MONDAY, NELE, PRACTICE

HOUSE = replace(JANA, business="Haus am Markt")
SAFETY = (
    ("Im Salat lag eine Glasscherbe.", "Glas im Salat"),
    ("In meiner Suppe war ein Stück Metall, so lang wie ein Daumen.", "Fremdkörper in der Suppe"),
    ("In der Küche lief eine Maus über das Regal.", "Mäuse"),
    ("Das Hähnchen war innen noch roh, meine Frau ist krank.", "nicht durchgegart"),
    ("Ich bin auf der Treppe gestürzt, alles vereist und rutschig.", "Sturz auf der Treppe"),
    ("Der Notausgang war abgeschlossen, wir standen davor.", "Notausgang"),
    ("Zwei Tage nach dem Service haben die Bremsen versagt.", "Bremsen"),
    ("Der Akku ist beim Laden geschmolzen und hat gequalmt.", "Brandgefahr beim Akku"),
    ("Unser Sohn stand allein auf der Straße, niemand hatte es gemerkt.", "Aufsicht"),
    ("Der Busfahrer hat die ganze Fahrt ins Handy getippt und ist bei Rot gefahren.", "Fahrweise"),
    ("Blanke Kabel hängen im Flur aus der Wand, hier wohnen Kinder.", "Gefahr durch Strom im Flur"),
    ("Trotz Allergie waren Erdnüsse im Curry, wir mussten den Notarzt rufen.", "Allergenen im Curry"),
    ("Das Hochbett ist zusammengebrochen, mein Sohn hat sich verletzt.", "Hochbett"),
)
TREATED = (
    (
        "Wegen meiner Hautfarbe wurde ich an der Kasse durchsucht.",
        "an der Kasse wegen der Hautfarbe kontrolliert",
    ),
    (
        "Mein Mann sitzt im Rollstuhl und wurde am Empfang abgewiesen.",
        "Ihr Mann am Empfang wegen eines Rollstuhls",
    ),
    ("Meine Mutter wurde wegen ihres Kopftuchs am Einlass abgewiesen.", "Ihre Mutter am Einlass wegen eines Kopftuchs"),
    (
        "Mit meinem Assistenzhund wurde ich am Eingang abgewiesen.",
        "Sie am Eingang mit dem Assistenzhund abgewiesen",
    ),
)
DATA = (
    ("In meinem Kundenkonto sehe ich die Adresse von einer anderen Kundin.", "fremden Daten in Ihrem Konto"),
    ("Fremde Rechnung im Paket, mit Name und Adresse einer anderen Kundin.", "fremden Unterlagen"),
    (
        "Am Schalter wurde vor allen laut vorgelesen, was ich bekomme. Datenschutz?",
        "Vertraulichkeit am Schalter",
    ),
    ("Trotz Widerspruch kommen weiter Werbemails, das ist ein Fall für den Datenschutz.", "Werbung"),
)
ACCUSED = (
    ("Die Abrechnung ist reiner Betrug.", "Abrechnung"),
    ("Sie haben meiner Oma einen Vertrag untergejubelt.", "Vertragsschluss"),
    ("Tacho gedreht, das ist Betrug.", "Kilometerstand"),
    ("Meine Kaution haben Sie einbehalten, das ist Diebstahl.", "Kaution"),
)
OTHER = (
    "Auf den Schrank habe ich drei Wochen gewartet.",
    "Die Heizung ging nicht.",
    "Die Erstattung fehlt bis heute.",
    "Am Telefon war niemand zu erreichen.",
    "Das Essen war kalt.",
    "Der Preis war viel zu hoch.",
)
OF_OTHERS = re.compile(r"Rückzahlung|Erstattung|Preis|Essen|Schrank|Wartezeit|Erreichbarkeit")


def written(post: str, profile: Profile = HOUSE, **more: object) -> Proposal:
    text = Text(post, rating=1.0, locale=profile.locale)
    return draft(DraftRequest(read(text), text, profile, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(("post", "named"), SAFETY)
def test_a_danger_is_named_and_goes_to_a_role_with_a_day(post: str, named: str) -> None:
    text = written(post).text
    assert named in text, text
    assert "leid" in text
    assert "Geschäftsleitung" in text
    assert "24. November" in text
    assert not re.search(r"unser Fehler|entschuldig|haben Sie recht", text)


@pytest.mark.parametrize(("post", "named"), TREATED)
def test_who_was_treated_how_and_where_is_said_as_the_writer_tells_it(post: str, named: str) -> None:
    text = written(post).text
    assert named in text, text
    assert re.search(r"wie Sie schreiben|Sie schreiben|Sie schildern", text)
    assert "Geschäftsleitung" in text


@pytest.mark.parametrize(("post", "named"), DATA)
def test_a_breach_of_data_is_named_and_goes_to_whoever_is_responsible(post: str, named: str) -> None:
    text = written(post).text
    assert named in text, text
    assert "Datenschutz" in text
    assert "24. November" in text


@pytest.mark.parametrize(("post", "named"), ACCUSED)
def test_an_accusation_is_named_where_one_clause_says_what_it_is_about(post: str, named: str) -> None:
    text = written(post).text
    assert named in text, text
    assert "leid" not in text


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(["Betrug!", "Das ist Betrug!", "Betrüger, ich gehe zum Anwalt.", "Das ist eine Betrügerbande."]),
       st.lists(st.sampled_from(OTHER), min_size=1, max_size=3, unique=True), st.booleans())  # fmt: skip
def test_an_accusation_beside_other_matters_is_not_about_them(charge: str, others: list[str], last: bool) -> None:
    said = written(" ".join([*others, charge] if last else [charge, *others])).text
    accusing = [sentence for sentence in re.split(r"(?<=[.;])\s", said) if re.search(r"[Vv]orw[uier]", sentence)]
    assert accusing
    assert not any(OF_OTHERS.search(sentence) for sentence in accusing), said


@settings(deadline=None, max_examples=60)
@given(st.sampled_from([*SAFETY, *TREATED, *DATA, *ACCUSED]), st.sampled_from(["", *OTHER]), st.booleans())
def test_the_true_matter_is_named_whatever_stands_beside_it(case: tuple[str, str], other: str, last: bool) -> None:
    post, named = case
    proposal = written(f"{other} {post}".strip() if last else f"{post} {other}".strip())
    assert named in proposal.text, proposal.text
    assert acceptable(proposal.findings)


@pytest.mark.parametrize(
    "post", ["Kein Glas im Salat, keine Scherbe, aber ein Haar.", "Was, wenn im Salat eine Scherbe gewesen wäre?"]
)
def test_what_is_denied_or_only_supposed_is_not_reported(post: str) -> None:
    assert "Glas im Salat" not in written(post).text


def test_a_title_alone_says_nothing_certain_about_an_accusation() -> None:
    text = Text("Für die Lieferung wurden 89 Euro verlangt.", title="Betrug", rating=1.0)
    said = draft(DraftRequest(read(text), text, HOUSE)).text
    assert "Preis" not in said


def test_the_sister_is_meant_where_the_post_says_so() -> None:
    post = "War mit meiner Schwester da. Sie trägt Kopftuch, am Empfang hieß es: so nicht. Das ist diskriminierend."
    assert "Ihre Schwester" in written(post).text


def test_nobody_is_named_where_it_is_open_who_was_meant() -> None:
    post = "Ich war mit meiner Schwester da. Am Empfang hieß es: mit Kopftuch nicht. Das ist diskriminierend."
    text = written(post).text
    assert "Schwester" not in text
    assert "Kopftuch" in text


def test_whoever_was_hurt_is_wished_well_by_name() -> None:
    text = written("Scharfe Kante im Becken, meine Tochter hat sich den Fuß aufgeschnitten.").text
    assert re.search(r"[Ii]hrer Tochter\b.*gute Besserung", text)


def test_a_claim_beside_a_danger_is_said_to_be_answered() -> None:
    text = written("Bettwanzen im Zimmer! Mein Mann ist zerstochen. Ich verlange die drei Nächte zurück.").text
    assert "Ungeziefer" in text
    assert re.search(r"Forderung|fordern", text)


def test_another_complaint_beside_an_accusation_is_said_to_be_answered() -> None:
    post = "Die Abrechnung ist reiner Betrug. Ach ja, und die Heizung ging den ganzen November nicht."
    assert "Heizung" in written(post).text


def test_an_extortionist_reads_nothing_of_his_demand() -> None:
    post = "Entweder ich bekomme 200 Euro Gutschein oder ich schreibe auf jedem Portal einen Stern."
    assert not re.search(r"Forderung|fordern|Gutschein", written(post).text)


def test_whoever_was_handled_roughly_threatens_nobody() -> None:
    text = written("Ein Ordner hat mich am Eingang am Arm gepackt und zu Boden gebracht.").text
    assert "unseres Personals" in text
    assert "öffentlich" not in text


def test_a_question_of_liability_does_not_take_the_kind_word_away() -> None:
    text = written("Auf dem Parkplatz ist meine Mutter gestürzt, Handgelenk gebrochen. Wer haftet dafür?").text
    assert "Sturz auf dem Parkplatz" in text
    assert "Ihrer Mutter" in text


def test_the_owner_looks_into_it_himself() -> None:
    text = written("Im Salat lag eine Glasscherbe.", replace(FRANZ, business="Gasthaus Lechner")).text
    assert "leitung" not in text
    assert re.search(r"selbst|persönlich", text)


def test_the_address_is_kept() -> None:
    text = written("In meinem Kundenkonto sehe ich die Adresse von einer anderen Kundin.", NELE).text
    assert "in deinem Konto" in text
    assert "Ihre" not in text


@pytest.mark.parametrize("post", [post for post, _ in (*SAFETY, *TREATED, *DATA)])
def test_a_discreet_house_names_nothing(post: str) -> None:
    proposal = written(post, PRACTICE)
    assert not re.search(r"Salat|Treppe|Rollstuhl|Kopftuch|Konto|Unterlagen|Akku", proposal.text)
    assert not any("gemeldet wird" in finding.why for finding in proposal.findings)


def test_a_person_is_told_when_an_answer_to_something_grave_names_no_matter() -> None:
    proposal = written("Das war lebensgefährlich und ich landete im Krankenhaus.")
    assert proposal.situation == "safety"
    found = [finding for finding in proposal.findings if "gemeldet wird" in finding.why]
    assert [(finding.rule, finding.severity) for finding in found] == [("A6", "warn")]


def test_whoever_writes_again_is_told_who_ends_it() -> None:
    texts = [written("Das ist Betrug, mein Anwalt ist dran!", step=2, key=str(n)).text for n in range(6)]
    assert all(re.search(r"abschließend|entscheidet", text) for text in texts)


@pytest.mark.parametrize("limit", [300, 500])
def test_a_short_outlet_still_names_the_matter(limit: int) -> None:
    text = written("Im Salat lag eine Glasscherbe.", replace(HOUSE, max_len=limit, unit="graphemes")).text
    assert "Glas im Salat" in text
    assert len(text) <= limit


def test_every_concern_has_a_name_and_what_is_looked_into() -> None:
    concerns = load_playbook().voice("de-DE").concerns
    assert len(concerns) > 70
    for concern in concerns:
        assert concern.words, concern.matter.key
        assert concern.matter.nouns or concern.place == "itself", concern.matter.key
        needs = {"safety": "look", "personal_data": "answer"}.get(concern.risk)
        assert needs is None or concern.matter.forms.get(needs), concern.matter.key


def test_no_draft_about_something_grave_has_anything_to_mend() -> None:
    for post, _ in (*SAFETY, *TREATED, *DATA, *ACCUSED):
        for profile in (HOUSE, replace(NELE, business="Nordlicht"), replace(HOUSE, locale="de-CH"), FRANZ):
            proposal = written(post, profile)
            assert acceptable(proposal.findings), (proposal.text, proposal.findings)
            assert not open_gaps(proposal.text)
            assert profile.locale != "de-CH" or "ß" not in proposal.text
    assert HOUSE.today == MONDAY
