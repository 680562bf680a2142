"""Which language a post is in: frequent small words decide; a statistical model only where they do not."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from responder.words import Language

ENOUGH_WORDS = 2
ENOUGH_FOR_MODEL = 6
SHORTEST = 2
SAMPLE = 1000

MARKS: dict[Language, frozenset[str]] = {
    "de": frozenset(
        "der die das und ist nicht ein eine einen einem einer ich wir ihr sie es mit auf fuer von zu zum zur im bei "
        "war "
        "waren hat haben habe hatte hatten wird wurde wurden auch noch schon sehr aber oder wenn dass als wie nur uns "
        "mich mir man kein keine nie mehr nach vor seit ueber unter durch aus den dem des sich sind kann koennen muss "
        "immer wieder hier leider danke gut alles viel beim vom am um bis ohne jetzt heute bitte wer wo wann warum "
        "nichts niemand bin bist seid "
        "euch euer dein deine mein meine unser unsere dort da gibt trotz weil etwas "
        "essen zimmer bedienung preis freundlich unfreundlich lecker super toll tolle geniale gute guter schnelle "
        "lieferung gerne "
        "nette netter empfehlenswert teuer schlecht qualitaet sauber "
        "trotzdem endlich gekuendigt rechnung bestellung termin zug frechheit wos fia heast gwart ned leiwand".split()
    ),
    "en": frozenset(
        "the and is was were are not you your we our they this that with for have has had been very but from at of to "
        "it my "
        "me i'm it's don't didn't would could should never again here there what when where how why who no all so "
        "be by do does will can just after they're us an a on if or there's staff "
        "excellent highly recommended great friendly food room".split()
    ),
    "fr": frozenset(
        "le la les un une des et est sont pas ne je nous vous ils elle avec pour dans sur tres mais que qui ce cette "
        "mon notre votre c'est j'ai n'est d'un au aux du trop bien plus jamais rien merci etait avons avez ete tout "
        "personnel chambre accueil".split()
    ),
    "it": frozenset(
        "il lo gli una uno di che non per con sono era molto ma e' del della dei delle nel nella questo questa ho ha "
        "abbiamo siamo mi ci si piu come anche dopo senza grazie tutto bene mai stato stata al alla perche ottimo "
        "personale camera servizio".split()
    ),
    "gsw": frozenset(
        "isch nid noed ned mir mer ich haet hend haend han hani gsi gsii oeppis oepper chunnt chunt chan choent hesch "
        "bisch und au scho ois eus oeis oeisi d'luet luet vill z'vill zvill guet gueti huere naechscht ond wo bi bim "
        "ufem uf em hei het hets ischs esch gaht goht gaats merci vilmal dihr dir niene nie naeb nueme nuemme oebis "
        "gsait gseit gloge gmacht gange cho choo chame wenns s'esse z'aesse aesse d'bedienig bedienig daett".split()
    ),
}
SWISS_ONLY = MARKS["gsw"] - MARKS["de"] - {"und", "mir", "ich", "hei", "wo", "dir", "ned", "merci", "bi", "han"}
ENOUGH_SWISS = 2


def recognise(words: Iterable[str], written: str) -> Language:
    """The language of a post from its folded words; `und` when there is too little to tell."""
    seen = [word for word in words if word[0].isalpha()][:200]
    counts = {language: sum(word in marks for word in seen) for language, marks in MARKS.items()}
    if sum(word in SWISS_ONLY for word in seen) >= ENOUGH_SWISS:
        return "gsw"
    first, second = sorted((key for key in counts if key != "gsw"), key=lambda key: -counts[key])[:2]
    if counts[first] >= ENOUGH_WORDS and counts[first] > 1.5 * counts[second]:
        return first
    if len(seen) < ENOUGH_FOR_MODEL:
        return first if counts[first] > counts[second] and len(seen) >= SHORTEST else "und"
    return _statistical(written)


def _statistical(written: str) -> Language:
    language = str(_model().classify(re.sub(r"https?://\S+|@\S+", " ", written[:SAMPLE]))[0])
    return language if language in ("de", "en", "fr", "it") else "und"  # type: ignore[return-value]


@cache
def _model() -> Any:
    """py3langid takes a second and about 100 MB, so it is loaded with the first text that needs it."""
    from py3langid import langid

    library: Any = langid
    model = library.LanguageIdentifier.from_model_file(library.MODEL_FILE)
    model.set_languages(["de", "en", "fr", "it"])
    return model


def warm_up() -> None:
    """Load the statistical model now."""
    _model()
