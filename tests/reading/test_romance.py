"""What is read in plain French and Italian posts."""

from __future__ import annotations

import pytest

from responder.reading import read
from responder.reading.model import Text

PLAIN = [
    ("Nous avons attendu plus d'une heure, inadmissible.", "negative", "waited_long"),
    ("Le plat était froid et la viande immangeable.", "negative", "food_cold"),
    ("La chambre était sale.", "negative", "room_dirty"),
    ("Le personnel n'était pas aimable.", "negative", "staff_unfriendly"),
    ("Mon colis n'est jamais arrivé.", "negative", "delivery_missing"),
    ("Le téléphone sonne, personne ne répond.", "negative", "phone_unreachable"),
    ("Beaucoup trop cher pour ce que c'est.", "negative", "price_high"),
    ("J'ai résilié et vous avez encore prélevé 20 francs.", "negative", "charged_after_cancel"),
    ("Personnel très souriant et gentil, merci !", "positive", "staff_friendly"),
    ("La cuisine est délicieuse.", "positive", "food_good"),
    ("Livraison rapide, je recommande.", "positive", "fast_delivery"),
    ("Abbiamo aspettato due ore, vergognoso.", "negative", "waited_long"),
    ("Il piatto era freddo e la carne cattiva.", "negative", "food_cold"),
    ("La camera era sporca.", "negative", "room_dirty"),
    ("Il personale non era gentile.", "negative", "staff_unfriendly"),
    ("Il pacco non è mai arrivato.", "negative", "delivery_missing"),
    ("Chiamo da giorni e nessuno risponde al telefono.", "negative", "phone_unreachable"),
    ("Troppo caro per quello che è.", "negative", "price_high"),
    ("Ho disdetto e mi avete addebitato ancora.", "negative", "charged_after_cancel"),
    ("Personale molto gentile e disponibile, grazie!", "positive", "staff_friendly"),
    ("Abbiamo mangiato molto bene, la cucina è ottima.", "positive", "food_good"),
    ("Consegna veloce, lo consiglio.", "positive", "fast_delivery"),
]


@pytest.mark.parametrize(("post", "mood", "matter"), PLAIN)
def test_a_plain_post_is_understood(post: str, mood: str, matter: str) -> None:
    reading = read(Text(post))
    assert (reading.sentiment, matter in reading.matters) == (mood, True), reading


@pytest.mark.parametrize(
    ("post", "matter"),
    [
        ("Le personnel n'était pas très aimable.", "staff_friendly"),
        ("La chambre n'était pas propre.", "room_good"),
        ("Il personale non era per niente gentile.", "staff_friendly"),
        ("La camera non era pulita.", "room_good"),
    ],
)
def test_praise_that_is_denied_is_none(post: str, matter: str) -> None:
    reading = read(Text(post))
    assert matter not in reading.matters
    assert reading.sentiment == "negative"


@pytest.mark.parametrize(
    ("post", "matter"), [("Êtes-vous ouverts le samedi ?", "ask_opening"), ("I cani sono ammessi?", "ask_dogs")]
)
def test_a_question_is_one(post: str, matter: str) -> None:
    reading = read(Text(post))
    assert reading.is_question
    assert matter in reading.matters


@pytest.mark.parametrize(
    ("post", "topic"),
    [("La facture est incompréhensible, très mauvais.", "billing"), ("Il sito è pessimo.", "website")],
)
def test_the_topic_is_read_where_no_matter_is(post: str, topic: str) -> None:
    reading = read(Text(post))
    assert topic in reading.topics
    assert reading.sentiment == "negative"


@pytest.mark.parametrize(
    ("post", "want"), [("Remboursez-moi immédiatement !", "refund"), ("Voglio cambiare l'articolo rotto.", "exchange")]
)
def test_what_is_asked_for_is_read(post: str, want: str) -> None:
    assert want in read(Text(post, rating=1)).wants


@pytest.mark.parametrize(
    ("post", "risk"),
    [("C'est une arnaque, mon avocat vous contactera.", "legal"), ("Mi rivolgo al mio avvocato, truffatori!", "legal")],
)
def test_a_threat_is_a_risk(post: str, risk: str) -> None:
    assert risk in read(Text(post, rating=1)).risks
