"""The questions of a post: what each is about, in words that can stand before its answer, and what a complaint wants to
know, as a clause. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from responder.playbook.grammar import compile_phrase
from responder.playbook.indirect import indirect
from responder.playbook.model import Matter, Voice
from responder.playbook.nouns import NEVER
from responder.reading.model import Reading, Text

MOST = 4
"""More questions than this a person sorts himself."""
_LONGEST_LABEL, _LONGEST_HINT = 42, 54
_QUESTION = re.compile(r"(?:\d\.(?=\s?\w)|[^.!?\n]){1,300}\?")
_ALSO = re.compile(
    r",?\s+(?:und|oder|and|or)\s+(?=(?:auch )?(?:kann|hats?|habt|haben|gibts?|gits?|gibt's|was|wie|wo|wann|ist|is|gilt"
    r"|\w+ (?:ihr|man|es)|liefert|muss|darf|seid|sind|nehmt|nehmen|do|does|can|is|are|how|what|where|when)\b)",
    re.IGNORECASE,
)
_NOUN = re.compile(r"(?<![.\w'’-])[A-ZÄÖÜ][a-zäöüß]{2,}(?:-[A-ZÄÖÜ]?[a-zäöüß]+)*\b")
_NO_NOUN = frozenset(
    "Sie Ihr Ihnen Ihre Ihren Ihrem Ihrer Euch Euer Eure Frau Herr Herrn Mama Papa Mutter Vater Tochter Sohn "
    "Kind Kinder Baby Mann Oma Opa Hallo Guten Tag Abend Griaß Hoi Servus".split()
)
_WORDS_ONLY = re.compile(r"[A-Za-zÄÖÜäöüß'’ -]+")
_PERSON = re.compile(r"\b(?:ich|wir|sie|ihr|du|man|mein\w*|unser\w*|mir|uns|euch|ist|sind|hat|auch)\b", re.IGNORECASE)
_DAY = re.compile(r"\bam (\d{1,2}\.\s?(?:[A-ZJ][a-zä]{2,8}|\d{1,2}\.))")
_KINDS = (
    (
        re.compile(r"\b(?:offen|offe|geöffnet)\b|\b(?:hat|habt|haben)\b.* auf$", re.I),
        "offen von … bis … oder geschlossen",
    ),
    (re.compile(r"\b(?:kost\w*|preis\w*|teuer|eintritt)\b", re.I), "Preis"),
    (re.compile(r"^\W*(?:und )?(?:ab |bis )?wann\b|\bwie lange\b|\bwie schnell\b", re.I), "wann"),
    (re.compile(r"^\W*(?:und )?wo(?:hin|her)?\b", re.I), "wo"),
    (re.compile(r"^\W*(?:und )?wie ?viele?\b", re.I), "wie viel"),
    (re.compile(r"^\W*(?:und )?(?:was|welche\w*|wer|wie|warum|wieso)\b", re.I), "Auskunft"),
)
_YES_OR_NO = "ja oder nein"
_CLAUSE = re.compile(
    r"\b(?:wissen|sagen|sagt|frage mich|erfahren|meine frage)\b,?\s+"
    r"(?=(?:was|wer|wann|wo|warum|wieso|wie|ob|welche\w*)\b)"
    r"([^.!?,;\n]{6,80}?)(?=[.!?,;\n]|$)",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(
    r"\b(?:ich|mich|mir|mein\w*|wir|uns|unser\w*|sie|ihr\w*|euch|eu(?:er|re)\w*|du|dich|dir|dein\w*)\b", re.I
)
_ENDS_WITH_VERB = re.compile(
    r"\b(?:ist|sind|war|waren|kommt|kommen|wird|werden|geht|steht|hat|haben|bekommt|passiert)$", re.I
)
_RHETORICAL = re.compile(
    r"\b(?:denn bitte|bitte ?schön|wohl|etwa|keiner|niemand|welche[rs]? normale|oder wie|geht'?s noch"
    r"|was soll das|ernst|eigentlich noch|soll ich da|witz|scherz|wahr sein|so ?was|so schwer|zu viel verlangt|wozu"
    r"|muss das sein|kann man (?:nur|so)|geht das|versteh\w* (?:sie|ihr)|bin ich (?:der|die|hier))\b"
    r"|^\W*(?:und )?was (?:stand|kam|bekam\w*|hieß|sagt\w*|lag|fand\w*)\b[^?]*\?\s\S"
    r"|^\W*(?:war|waren|ist|sind|hat|haben|sollte\w*|wollte\w*|geht) [^?]*\bnicht\b|\?\s*\?|\?\s*!|\?{2}",
    re.IGNORECASE,
)
_SUMMED_UP = (
    (re.compile(r"\bwas (?:mache?|soll|tue?) ich\b|\bwas jetzt\b", re.I), "was jetzt zu tun ist"),
    (re.compile(r"\bwas ist jetzt\b|\bwie geht (?:es|'s) (?:jetzt )?weiter\b", re.I), "wie es jetzt weitergeht"),
    (re.compile(r"^\W*was (?:gedenken|tun|tut|macht|machen) (?:sie|ihr)\b", re.I), "was wir unternehmen"),
    (re.compile(r"^\W*muss ich\b[^?]*\bwarten\b", re.I), "ob es schneller geht"),
)
"""Questions that are better said in few words than word for word, and those words."""
_IN_GENERAL = (
    (re.compile(r"^\W*(?:und )?wann\b", re.I), "wann es so weit ist"),
    (re.compile(r"^\W*(?:und )?wer (?:zahlt|bezahlt|trägt)\b", re.I), "wer die Kosten trägt"),
    (re.compile(r"^\W*(?:und )?wer (?:ist|kümmert|hilft|schaut|macht)\b", re.I), "wer sich darum kümmert"),
    (re.compile(r"^\W*(?:kann|darf|bekomme?|krieg\w*) (?:ich|man|wir)\b", re.I), "ob das möglich ist"),
)
"""The same where the question itself cannot be turned."""
_MOST_NAMED = 2


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One question of the post: where it stands and its words."""

    start: int
    end: int
    words: str


def inquiries(text: Text) -> Iterator[Inquiry]:
    """Every question of a post; "… und darf der Hund mit?" is one of its own."""
    for match in _QUESTION.finditer(text.text) if "?" in text.text else ():
        start = match.start()
        for end in [*(also.start() for also in _ALSO.finditer(text.text, match.start(), match.end())), match.end()]:
            if words := re.sub(r"^\s*@[\w.]+\s+", "", text.text[start:end]).strip(" ?,"):
                yield Inquiry(start, end, words)
            start = end


def answers(
    known: Sequence[Matter], reading: Reading, text: Text, voice: Voice, *, formal: bool = True
) -> tuple[Matter, ...]:
    """One matter per question, each with its own gap; where the playbook knows the question, with its own words."""
    found: list[Matter] = []
    placed = {reason.label for reason in reading.reasons}
    elsewhere = [matter for matter in known if matter.key not in placed]
    for one in list(inquiries(text))[:MOST]:
        here = {reason.label for reason in reading.reasons if reason.start < one.end and one.start < reason.end}
        ready = [matter for matter in known if matter.key in here and matter not in found]
        ready = ready or [matter for matter in elsewhere if matter not in found]
        own = None if ready and _answers_itself(ready[0]) else _own_gap(one, reading, voice, formal=formal)
        certain = own and (not ready or indirect(one.words, formal=formal, swiss=voice.locale == "de-CH"))
        found += [own] if own and certain else ready[:1]
    return tuple(found)


def _answers_itself(matter: Matter) -> bool:
    """Whether some wording holds the answer itself: a contact, or what the business wrote instead of the gap."""
    return any("[" not in phrase.source for phrase in matter.forms.get("gap", ()))


def asked_clause(text: Text, *, formal: bool = True, swiss: bool = False) -> str:
    """What a post asks, as a subordinate clause: "wann der Kurs beginnt"; empty where that is unclear."""
    told = _CLAUSE.search(text.text)
    if told and not _OUTSIDE.search(told[1]) and _ENDS_WITH_VERB.search(told[1].strip()):
        return " ".join(word.lower() if word.isupper() else word for word in told[1].split())
    named: dict[str, None] = {}
    for one in inquiries(text):
        if not _RHETORICAL.search(text.text[one.start : one.end + 2].strip()):
            named[_named(one.words, formal=formal, swiss=swiss)] = None
    return " und ".join(list(filter(None, named))[:_MOST_NAMED])


def _named(question: str, *, formal: bool, swiss: bool) -> str:
    """One question in our words; a general one where it cannot be turned."""
    first = next((clause for pattern, clause in _SUMMED_UP if pattern.search(question)), "")
    said = first or indirect(question, formal=formal, swiss=swiss)
    return said or next((clause for pattern, clause in _IN_GENERAL if pattern.search(question)), "")


def _own_gap(one: Inquiry, reading: Reading, voice: Voice, *, formal: bool) -> Matter:
    general = voice.matters["question"]["general"]
    private = any(span.start < one.end and one.start < span.end for span in reading.pii)
    said = _plain(_said(one.words, voice, formal=formal) if not private else "")
    if not said:
        return general
    said = said.replace("ß", "ss") if voice.locale == "de-CH" else said
    return replace(general, key=f"asked:{one.start}", forms={**general.forms, "gap": (compile_phrase(said),)})


def _said(words: str, voice: Voice, *, formal: bool) -> str:
    """ "Wo man parken kann: [Auskunft]."; else the things asked about, or in the gap the whole question."""
    if voice.language != "de":
        return f"[answer to: {_hint(words)}]."
    kind = next((said for pattern, said in _KINDS if pattern.search(words)), _YES_OR_NO)
    if day := _DAY.search(words):
        return f"am {day[1]}: [{kind}]." if kind != _YES_OR_NO else f"am {day[1]}: [Auskunft]."
    if clause := indirect(words, formal=formal, swiss=voice.locale == "de-CH"):
        return f"{clause}: [{kind}]."
    label = _label(words, voice)
    return f"{label}: [{kind}]." if label else f"[{kind}: {_hint(words)}]."


def _hint(words: str) -> str:
    """The end of a question without the word it is addressed with: as much as fits into a gap."""
    asked = re.sub(r"@[\w.]+\s*|^[^:]{0,30}:\s|^(?:und|oder|and|or)\s", "", words).strip()
    return asked if len(asked) <= _LONGEST_HINT else f"… {asked[-_LONGEST_HINT:].partition(' ')[2]}"


def _label(words: str, voice: Voice) -> str:
    """The words from the first noun to the last one, the last noun alone where that would be a whole sentence."""
    nouns = [noun for noun in _NOUN.finditer(words) if noun.start() > 1 and noun[0] not in _NO_NOUN]
    if not nouns or not all(_nameable(noun[0], voice) for noun in nouns):
        return ""
    whole = words[nouns[0].start() : nouns[-1].end()]
    if len(whole) <= _LONGEST_LABEL and _WORDS_ONLY.fullmatch(whole) and not _PERSON.search(whole):
        return whole
    return nouns[-1][0]


def _nameable(word: str, voice: Voice) -> bool:
    """Whether the playbook knows the word as one that may be said: nothing else of a post stands outside a gap."""
    if word in voice.tables.get("asked", {}).get("often", "").split():
        return True
    senses = voice.nouns.find(word)
    return bool(senses) and all(noun.kind != NEVER for noun in senses)


def _plain(said: str) -> str:
    """Without the signs that would open a placeholder or a second gap."""
    inner = re.sub(r"[{}<>%$#\x00-\x1f\u00ad\u200b-\u200f\u2028-\u202e]", "", said)
    if inner.count("[") > 1 or inner.count("]") > 1 or len(inner) > 300:
        return ""
    return inner
