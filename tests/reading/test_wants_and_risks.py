"""What is asked for, and what must reach a particular person first."""

from __future__ import annotations

import pytest

from responder.reading.rules import DATA, load
from responder.words import RISKS, STATIONS, TOPICS, WANTS
from tests.reading.say import say


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Nicht einmal eine Entschuldigung kam.", "apology"),
        ("Entschuldigt hat sich niemand.", "apology"),
        ("Bitte korrigieren Sie die Rechnung.", "correction"),
        ("Ich will mein Geld zurück!", "refund"),
        ("Ich verlange die Erstattung des Kaufpreises.", "refund"),
        ("Bitte schicken Sie mir ein neues Gerät.", "exchange"),
        ("Ich hätte gern einen Umtausch, die Hose ist zerrissen.", "exchange"),
        ("Wann wird die kaputte Maschine endlich repariert? Ich erwarte eine Reparatur.", "repair"),
        ("Mindestens ein Gutschein wäre fällig.", "voucher"),
        ("Ich erwarte einen Preisnachlass für das laute Zimmer.", "credit"),
        ("Wo bleibt meine Bestellung?", "delivery_date"),
        ("Wann kommt endlich das Paket?", "delivery_date"),
        ("Wie lange ist bei euch geöffnet?", "information"),
        ("Unmöglich. Bitte rufen Sie mich zurück.", "callback"),
        ("Man fühlt sich nicht ernst genommen.", "being_heard"),
        ("I want a refund, the food was terrible.", "refund"),
        ("Nobody apologised for the dirty room.", "apology"),
        ("Ich erwarte, dass sich der Filialleiter bei meiner Tochter entschuldigt.", "apology"),
        ("Es Sorry wär ja nid z vil verlangt.", "apology"),
        ("Und wer zahlt mir jetzt das Taxi?", "refund"),
        ("I wü mei Geld zruck.", "refund"),
        ("Je demande le remboursement de la deuxième nuit.", "refund"),
        ("Voglio un rimborso, subito.", "refund"),
        ("Der Kasten ist hin, schickts mir bitte an neichen.", "exchange"),
        ("Bringen Sie das bitte wieder zum Laufen.", "repair"),
        ("Schreiben Sie mir die Gebühr bitte gut.", "credit"),
        ("Ein Frühstück aufs Haus wäre angebracht.", "voucher"),
        ("Rufts mi bitte amoi zruck.", "callback"),
        ("Antwortet doch endlich mal!", "being_heard"),
        ("Wenn chunnt das Päckli äntli?", "delivery_date"),
    ],
)
def test_a_want_is_recognised(text: str, want: str) -> None:
    assert want in say(text).wants


def test_praise_wants_nothing() -> None:
    assert say("Die Erstattung kam sofort, super freundlich, vielen Dank!").wants == ()


@pytest.mark.parametrize(
    "text",
    [
        "Wir bekamen einen Gutschein geschenkt.",
        "Die Erstattung kam am nächsten Tag auf mein Konto.",
        "Der Chef hat sich sofort bei uns entschuldigt.",
        "Der defekte Föhn wurde anstandslos umgetauscht.",
    ],
)
def test_what_was_received_is_not_wanted_any_more(text: str) -> None:
    assert say(text).wants == ()


def test_a_complaint_without_a_demand_wants_nothing() -> None:
    assert say("Das Essen war kalt.").wants == ()


@pytest.mark.parametrize(
    ("text", "risk"),
    [
        ("Mein Anwalt wird sich melden.", "legal"),
        ("Ich gehe vor Gericht.", "legal"),
        ("Die Verbraucherzentrale ist informiert.", "legal"),
        ("Das ist ein Fall für die Arbeiterkammer.", "legal"),
        ("Das ist Betrug!", "fraud_accusation"),
        ("Reine Abzocke.", "fraud_accusation"),
        ("Geld zurück, sonst gibt es eine schlechte Bewertung.", "extortion"),
        ("Ich lösche die Bewertung, wenn ihr mir 50 Euro gebt.", "extortion"),
        ("Ich komme vorbei und dann gibt es eins auf die Fresse.", "violence"),
        ("Ich weiß, wo du wohnst.", "violence"),
        ("Der Türsteher hat meinen Freund geschlagen.", "violence"),
        ("Ich will nicht mehr leben.", "self_harm"),
        ("Ich denke an Suizid.", "self_harm"),
        ("Nach dem Essen hatten alle eine Lebensmittelvergiftung.", "safety"),
        ("Das Ladegerät hat Feuer gefangen.", "safety"),
        ("Trotz Allergie war Nuss im Kuchen.", "safety"),
        ("Wegen meiner Hautfarbe nicht bedient.", "discrimination"),
        ("Der Fahrer war rassistisch.", "discrimination"),
        ("Ich wende mich an die Presse.", "press"),
        ("Meine Daten wurden an Dritte weitergegeben.", "personal_data"),
        ("Verstoß gegen die DSGVO.", "personal_data"),
        ("Ihr Idioten!", "insult"),
        ("So ein Drecksladen.", "insult"),
        ("Verdiene Geld von zu Hause: https://t.me/xyz", "spam"),
        ("Scam! I will call my lawyer.", "legal"),
        ("The waiter was racist.", "discrimination"),
        ("Mein Rechtsbeistand übernimmt ab jetzt.", "legal"),
        ("Die Schlichtungsstelle bekommt den Fall.", "legal"),
        ("Il mio avvocato vi scriverà.", "legal"),
        ("Überweisen Sie 200 Euro, sonst hagelt es schlechte Bewertungen.", "extortion"),
        ("Refund me or I post one star everywhere.", "extortion"),
        ("Ich komm morgen mit dem Baseballschläger vorbei.", "violence"),
        ("Dem brech ich beide Beine.", "violence"),
        ("Ich weiß nicht mehr weiter, ohne mich wären alle besser dran.", "self_harm"),
        ("I wott nümme läbe.", "self_harm"),
        ("There is no reason to live any more.", "self_harm"),
        ("Aus der Steckdose hingen blanke Drähte.", "safety"),
        ("Im Salat war ein Glassplitter.", "safety"),
        ("Mit Rollstuhl wurde uns der Zutritt verweigert.", "discrimination"),
        ("Ich habe alles an die Redaktion vom Kassensturz geschickt.", "press"),
        ("Das Video geht gerade viral.", "press"),
        ("Mein Befund lag offen auf dem Tresen.", "personal_data"),
        ("Lauter Wappler und Dodln.", "insult"),
        ("Une bande d'incapables.", "insult"),
        ("Verdiene 5.000 € pro Woche von zu Hause, Link in Bio!", "spam"),
    ],
)
def test_a_risk_is_recognised(text: str, risk: str) -> None:
    assert risk in say(text).risks


@pytest.mark.parametrize(
    "text",
    [
        "Falsches Gericht serviert.",
        "Wir haben das Gericht des Tages genommen.",
        "Das Essen war kalt und der Kellner unfreundlich.",
        "Der Blick vom Balkon ist traumhaft.",
        "Wir hatten Schweinebraten mit Knödeln.",
        "Ein Stern ist zu viel.",
        "Wir zeigen unseren Freunden gern dieses Lokal.",
        "Das Kleid steht mir gut.",
        "Der Koffer ist angekommen.",
        "Unser Anwalt hat uns bestens beraten, sehr kompetent.",
        "Gefährlich gut, diese Torte.",
        "Auf der Bühne wurde gestohlen und gelogen, im Saal gelacht.",
        "Ich Idiot hatte den Termin vergessen.",
        "Die Hitze bringt mich noch um.",
        "Das Lokal ist rollstuhlgerecht und gemütlich.",
        "Eine Mordsportion, kaum zu schaffen.",
        "Zum Frühstück liegt die Zeitung bereit.",
        "Der Schimmelkäse war hervorragend.",
        "Da gibt es nichts zu klagen.",
        "Sie verdienen ein großes Lob.",
    ],
)
def test_an_ordinary_review_is_no_risk(text: str) -> None:
    assert say(text).risks == ()


@pytest.mark.parametrize(
    "text", ["Überweisen Sie auf DE89 3704 0044 0532 0130 00.", "Erreichbar bin ich unter 0171 3920041."]
)
def test_contact_or_bank_details_in_public_are_a_risk_and_shown_where_they_stand(text: str) -> None:
    reading = say(text)
    assert "personal_data" in reading.risks
    assert reading.pii
    shown = {(span.start, span.end) for span in reading.reasons if span.label == "personal_data"}
    assert {(span.start, span.end) for span in reading.pii} <= shown


@pytest.mark.parametrize("text", ["Meine Bestellung 4711-A kam an.", "Frau Müller war sehr nett."])
def test_an_order_number_or_a_name_alone_is_no_risk(text: str) -> None:
    assert say(text).risks == ()


def test_advertising_with_a_number_to_call_is_only_spam() -> None:
    assert say("Verdiene 5.000 € pro Woche von zu Hause! Ruf an: 0171 3920041").risks == ("spam",)


def test_a_harmless_place_does_not_hide_a_real_one() -> None:
    assert "legal" in say("Mein Nachbar, ein Anwalt vom dritten Stock, lachte. Unser Anwalt schreibt Ihnen.").risks


def test_a_denied_accusation_is_still_shown() -> None:
    assert "fraud_accusation" in say("Das kann doch nicht sein, das ist nicht normal, das ist Betrug.").risks


def test_a_risk_makes_a_post_without_other_words_negative() -> None:
    assert say("Ihr hört von meinem Anwalt.").sentiment == "negative"


@pytest.mark.parametrize(
    ("name", "allowed"), [("topics", TOPICS), ("stations", STATIONS), ("wants", WANTS), ("risks", RISKS)]
)
def test_the_rules_use_the_vocabulary_and_leave_nothing_out(name: str, allowed: list[str]) -> None:
    used = {pattern.label for pattern in load(name).patterns}
    assert used == set(allowed) - {"other"}


def test_the_data_files_are_all_read_somewhere() -> None:
    assert {path.suffix for path in DATA.iterdir()} == {".toml", ".txt", ".model"}


@pytest.mark.parametrize(
    "text",
    [
        "Traumhafter Abend, großartiges Essen, herzliches Team! Am Nebentisch feierte ein Anwalt seinen Geburtstag.",
        "Wunderbare Vorstellung, der Dieb auf der Bühne war großartig, ein herrlicher Abend!",
    ],
)
def test_what_a_pleased_customer_mentions_in_passing_is_no_risk(text: str) -> None:
    assert say(text, rating=5).risks == ()


def test_a_threat_is_a_risk_whatever_the_stars_say() -> None:
    assert "violence" in say("Super Laden, wunderbar! Ich weiß, wo ihr wohnt.", rating=5).risks


@pytest.mark.parametrize(
    ("text", "risk"),
    [
        ("Die Beschwerde bei der Gewerbebehörde ist unterwegs.", "legal"),
        ("Ich setze Ihnen eine letzte Frist bis Freitag.", "legal"),
        ("Der Beitrag erscheint am Samstag im Lokalteil.", "press"),
        ("Ich stelle das Video auf Instagram.", "press"),
        ("Mein Kontostand wurde am Schalter laut vorgelesen.", "personal_data"),
        ("Trotz Hinweis auf meine Nussallergie waren Haselnüsse drin.", "safety"),
        ("Die Treppenstufe brach unter mir weg.", "safety"),
        ("Seit der Mahnung habe ich keine Kraft mehr zum Leben.", "self_harm"),
        ("Als Frau wird man hier nicht ernst genommen.", "discrimination"),
        ("Mit meinem Akzent wurde ich abgewiesen.", "discrimination"),
        ("Ein Gutschein über 50 Euro, und ich lösche die Bewertung.", "extortion"),
        ("Ihr seid doch alle bescheuert.", "insult"),
        ("Hier werden Touristen ausgenommen.", "fraud_accusation"),
        ("Entrümpelung besenrein, Anruf genügt!", "spam"),
    ],
)
def test_a_risk_is_told_from_its_meaning(text: str, risk: str) -> None:
    assert risk in say(text).risks


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Und wer zahlt mir das jetzt?", "refund"),
        ("Die 18 Euro hätte ich gern wieder.", "refund"),
        ("Ein Glas Wein aufs Haus wäre angebracht gewesen.", "voucher"),
        ("Der Aufzug steht seit Montag. Wann tut sich da was?", "repair"),
        ("Kommt das Paket noch vor Weihnachten?", "delivery_date"),
        ("Bitte nehmen Sie Kontakt mit mir auf.", "callback"),
        ("Mein Konto ist gesperrt, bitte freischalten.", "correction"),
        ("Meine Punkte vom letzten Einkauf fehlen.", "credit"),
    ],
)
def test_a_want_is_told_from_its_meaning(text: str, want: str) -> None:
    assert want in say(text).wants


def test_to_be_heard_is_what_remains_where_nothing_more_precise_is_asked() -> None:
    assert say("Nehmt uns doch mal ernst.").wants == ("being_heard",)
    assert "being_heard" not in say("Nehmt uns doch mal ernst, und überweist endlich das Geld zurück.").wants


def test_advertising_wants_nothing() -> None:
    assert say("Verdiene 5.000 € pro Woche von zu Hause! Ruf mich bitte an!").wants == ()
