"""A file that is no UTF-8 is read in the code page in which it makes words."""

from __future__ import annotations

import pytest

from gelassen.exchange.code_pages import by_words
from gelassen.exchange.table import decoded

WRITTEN = [
    ("cp1252", "Größe und Qualität stimmen, nur die Verpackung war für uns zu üppig. „Gern wieder“ – 5 €"),
    ("cp1252", "Très bonne adresse, à deux pas de l’hôtel, le garçon était adorable."),
    ("cp1252", "La habitación era pequeña, pero el desayuno estaba muy bien. ¡Volveremos mañana!"),
    ("cp1252", "Maturinn var góður og þjónustan frábær, við komum aftur."),
    ("cp1254", "Satıcı çok ilgiliydi, ürün hızlı geldi ve şişe sağlamdı."),
    ("cp1250", "Obsługa była miła, a łóżko wygodne. Następnym razem też przyjdę."),
    ("cp1250", "Pokoj byl čistý, snídaně výborná a příště přijedeme znovu."),
    ("cp1250", "Nagyon jó hely, a főnök kedves, a sütemények hűvösek és frissek."),
    ("cp1251", "Очень хорошее место, вернёмся ещё раз."),
    ("koi8_r", "Очень хорошее место, вернёмся ещё раз."),
    ("cp1253", "Πολύ ωραίο μέρος, θα ξαναπάμε σίγουρα."),
    ("mac_roman", "Die Küche war großartig, die Öffnungszeiten könnten länger sein."),
    ("cp850", "Schöne Räume, freundliche Verkäuferin, faire Preise für Gäste."),
]


@pytest.mark.parametrize(("page", "text"), WRITTEN, ids=[f"{page} {text[:9]}" for page, text in WRITTEN])
def test_words_tell_the_code_page(page: str, text: str) -> None:
    assert by_words(text.encode(page)) == text


def test_signs_that_make_no_words_in_any_code_page_are_read_as_windows_1252() -> None:
    assert by_words(b"Nur 5 \x80 \x96 ein Witz \xa4") == "Nur 5 € – ein Witz ¤"


def test_an_apostrophe_within_a_word_is_no_letter_of_another_code_page() -> None:
    assert by_words(b"Don\x92t go there, it\x92s loud") == "Don’t go there, it’s loud"


def test_the_whole_file_is_read_in_one_code_page() -> None:
    lines = "Yorum;Ad\n" + "Kargo hızlıydı, teşekkürler;Işıl\n" * 3 + "Gut;Jörg\n"
    assert decoded(lines.encode("cp1254")) == lines


def test_utf_8_needs_no_guess() -> None:
    assert decoded("Größe wählen".encode()) == "Größe wählen"
