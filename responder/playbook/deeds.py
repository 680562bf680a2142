"""What somebody of ours did, as a praising post tells it: "Die Kellnerin hat mir den Mantel gehalten" becomes "die
Kellnerin Ihnen den Mantel gehalten hat". A doer of ours, a known verb, and nothing that only the writer himself did;
whatever is not certain gives nothing. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from responder.playbook.clause_words import listed
from responder.playbook.facts import meant
from responder.playbook.model import Voice
from responder.playbook.nouns import Lexicon
from responder.playbook.persons import Speaker, turned
from responder.playbook.verbs import verbs
from responder.reading.model import Reading, Text

_MOST, _FEWEST, _TWO = 18, 2, 2
_ASIDE = re.compile(
    r"\s*\([^()]*\)|\s(?:bei|von|im) @\w+|[@#]\w+|[\U0001F300-\U0001FAFF☀-➿\ufe0f❤]|(?<=\s)[:;]-?[)(DP]+"
)
_ENDS = re.compile(
    r"(?<!\b\d)[.!?;:\n…]+|\s[–—-]+\s|(?<=\s)[\U0001F300-\U0001FAFF☀-➿❤](?=[\U0001F300-\U0001FAFF☀-➿\ufe0f❤\s]*\s[A-ZÄÖÜ])"
)
"""An emoji before a new sentence ends the last one."""
_PIECES = re.compile(r"(,\s*(?:und\s+)?|\s+und\s+)")
_DOER = re.compile(
    r"(?P<article>[Dd]er|[Dd]ie|[Dd]as|[Ee]ine?|[Uu]nsere?|[Ii]hre?|[Ee]ure?|[Ee]uer)\s(?:[a-zäöüß]+e[rs]?\s)?"
    r"(?P<work>[A-ZÄÖÜ][a-zäöüß]+)(?P<name>\s(?:Herr|Frau)\s[A-ZÄÖÜ][\w-]+)?"
    r"(?P<where>(?:\s(?:an|in|am|im|bei|vom|von|aus)\s(?:der\s|dem\s)?[A-ZÄÖÜ][a-zäöüß]+)*)"
    r"|(?P<person>(?:Herr|Frau)\s[A-ZÄÖÜ][\w-]+)(?:\s(?:an|in|am|im|vom|von)\s(?:der\s|dem\s)?[A-ZÄÖÜ][a-zäöüß]+)?|(?P<first>[A-ZÄÖÜ][a-zäöüß]+)"
)
_WE = re.compile(r"(?:Ihr|Sie|ihr)\s(?=habt\b|haben\b)")
_TURNED = re.compile(r"(?P<front>(?:\S+\s){1,9}?)hat\s")
_TITLE = re.compile(r"(?:[Dd]er|[Dd]ie)\s(?:[a-zäöüß]+e\s)?[A-ZÄÖÜ][a-zäöüß]+\s(?=(?:Herr|Frau)\s)")
_BY_ARTICLE = {"der": "m", "die": "fp", "das": "n"}
_SOMEBODY = ("Dame", "Herr", "Mann", "Frau", "Team", "Mädel", "Bursche")
"""Nobody in particular, unless the post says where she works."""
_NOT_SAID = re.compile(
    r"\b(?:ich|wir|er|ihn|ihm|aber|leider|nicht|kein\w*|nie|obwohl|trotz\w*|dass|weil|wenn|als ob|es)\b"
)
_MACHINE = re.compile(r"[<>{}`|\\\[\]#]|https?:|www\.|[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_GRANTS = re.compile(
    r"freigegeben|genehmigt|zugesagt|versprochen|erstatt|zahl|euro|franken|€|gutschein|rabatt|gratis|kostenlos|umsonst"
    r"|nachlass|garantier|bestätigt|geld|preis|code|bereits"
)
_COMPLETES = re.compile(r"(?:dass|ob|wie|was|wo|warum|als)\b")
_SUBORDINATE = re.compile(r"(?:dass|ob|wie|was|wo|warum|als|weil|damit|obwohl|die|der|das)\b")
_ARTICLE = re.compile(r"(?:den|die|das|ein\w*|mein\w*|unser\w*|alle\w*|etwas|viel)|[A-ZÄÖÜ]\S+")
_WHOM = frozenset(
    "empfangen begrüßt beraten bedient betreut behandelt abgeholt gerettet überrascht unterstützt umsorgt aufgenommen"
    " begleitet beeindruckt verwöhnt versorgt gefahren gebracht geweckt getröstet eingeladen geführt".split()
)
"""Participles with which "uns" is the one whom, not to whom."""
_BEFORE_OBJECT = frozenset("auf für bei mit von zu an um ohne gegen".split())
_TOO_LITTLE = frozenset("gewartet gesagt gemacht getan gearbeitet geholfen".split())
_MOVED = re.compile(r"\w*ge(?:blieben|fahren|gangen|kommen|laufen|sprungen|rannt|stiegen|eilt|flogen)")
_PARTICIPLE = re.compile(
    r"(?:\w*ge\w{2,}|(?:ver|be|er|ent|emp|zer|über|unter|wieder|miss)\w{3,}|\w{3,}ier)(?:t|en)|\w+tan"
)


@dataclass(frozen=True, slots=True)
class Deed:
    """`that` is said after "dass"; `doer` is who did it, as the post names him."""

    that: str
    doer: str


def deed(reading: Reading, text: Text, voice: Voice, *, formal: bool) -> Deed | None:
    """What somebody of ours is said to have done, the one that is told with most words."""
    if voice.language != "de" or _MACHINE.search(text.text):
        return None
    found = [_joined(list(_done(sentence, voice, formal=formal))) for sentence in _sentences(reading, text)]
    return max(filter(None, found), key=lambda one: len(one.that), default=None)


def _joined(deeds: Sequence[Deed]) -> Deed | None:
    """The first deed of a sentence with the next one of the same doer, as long as both are no long story."""
    if len(deeds) < _TWO or deeds[0].doer != deeds[1].doer or not deeds[0].doer:
        return max(deeds, key=lambda one: len(one.that), default=None)
    first, second = deeds[0].that, deeds[1].that.removeprefix(f"{deeds[1].doer} ")
    if first.endswith(" hat") and second.endswith(" hat"):
        first = first.removesuffix(" hat")
    said = f"{first} und {second}"
    return Deed(said, deeds[0].doer) if len(said.split()) <= _MOST else max(deeds, key=lambda one: len(one.that))


def _sentences(reading: Reading, text: Text) -> Iterator[str]:
    """Plain statements that hold nothing personal but a name; what a colon follows only leads to something."""
    start = 0
    for end in [*(match.start() for match in _ENDS.finditer(text.text)), len(text.text)]:
        asks = text.text[end : end + 1] in ("?", ":")
        private = any(span.start < end and start < span.end and span.label != "name" for span in reading.pii)
        if not asks and not private:
            yield _ASIDE.sub("", text.text[start:end]).strip(" .!?:;\n–-")
        start = end + 1


def _done(sentence: str, voice: Voice, *, formal: bool) -> Iterator[Deed]:
    """Each clause with a doer of ours; one that goes on with "und" has the doer of the last."""
    speaker, before = Speaker(formal, voice.locale == "de-CH"), ""
    parts = _clauses(sentence)
    for place, (linked, part) in enumerate(parts):
        completed = place + 1 < len(parts) and _COMPLETES.match(parts[place + 1][1])
        who, rest = _split(part, voice.nouns)
        if not who and linked and before:
            who, rest = before, part if part.split()[0] in verbs().finite else f"hat {part}"
        if not _SUBORDINATE.match(part):
            before = who
        done = _moved(rest.split(), speaker) if who and not completed else ""
        if done:
            yield Deed(speaker.spelled(f"{who} {done}"), "" if who == "wir" else who)


def _clauses(sentence: str) -> list[tuple[bool, str]]:
    """The clauses of a sentence, and whether each goes on with "und"; two nouns joined by "und" stay together."""
    parts = _PIECES.split(sentence)
    found = [(False, parts[0])]
    for link, part in zip(parts[1::2], parts[2::2], strict=True):
        last = found[-1][1].split()[-1:]
        if "," in link or (last and _PARTICIPLE.fullmatch(last[0])) or part.split(" ")[0] in ("hat", "ist", "war"):
            found.append(("und" in link, part))
        else:
            found[-1] = (found[-1][0], found[-1][1] + link + part)
    return [(linked, part.strip()) for linked, part in found if part.strip()]


def _split(part: str, nouns: Lexicon) -> tuple[str, str]:
    """Who did it, as we name him, and the verb with all else behind it; nobody where it was nobody of ours."""
    if we := _WE.match(part):
        return "wir", part[we.end() :].replace("habt", "haben", 1)
    doer = _DOER.match(part)
    if doer and _ours(doer, nouns):
        return _named(doer), part[doer.end() :].strip()
    front = _TURNED.match(part)
    doer = _DOER.match(part, front.end()) if front else None
    if front and doer and not doer["first"] and _ours(doer, nouns):
        between = front["front"][0].lower() + front["front"][1:]
        return _named(doer), f"hat {between}{part[doer.end() :].strip()}"
    return "", ""


def _named(doer: re.Match[str]) -> str:
    """ "Der Monteur Herr Kuhn" is Herr Kuhn, "Ihre Kellnerin" is ours."""
    name = _TITLE.sub("", doer[0])
    if doer["person"] or doer["first"] or name != doer[0]:
        return name
    said = name[0].lower() + name[1:]
    return re.sub(r"^(?:ihr|eur|unser)(?=e?\b)", "unser", re.sub(r"^euer\b", "unser", said))


def _ours(doer: re.Match[str], nouns: Lexicon) -> bool:
    """Whether somebody is a person who works here; the writer's own people are no such noun."""
    if doer["person"]:
        return True
    if doer["first"]:
        return doer["first"].lower() in listed().classes["names"]
    noun = meant(f"{doer['article'].lower()} {doer['work']}", nouns)
    fits = _BY_ARTICLE.get(doer["article"].lower(), "mfnp")
    person = noun is not None and noun.kind == "person" and noun.gender in (*fits, "n")
    return person or bool(doer["name"]) or (doer["work"] in _SOMEBODY and bool(doer["where"]))


def _moved(words: Sequence[str], speaker: Speaker) -> str:
    """The words behind the doer, the verb at their end; empty where that is not certain."""
    if not _FEWEST <= len(words) <= _MOST or any(map(_never, words[1:])):
        return ""
    if len(words) == _FEWEST and words[1] in _TOO_LITTLE:
        return ""
    verb, rest = words[0].lower(), list(words[1:])
    senses = [sense for sense in verbs().finite.get(verb, ()) if sense.persons & {"3", "p"}]
    if not senses or any(re.search(r"[^\w.,%€-]", word) for word in rest):
        return ""
    lemma = senses[0].lemma
    if lemma == "haben":
        if not _PARTICIPLE.fullmatch(rest[-1]):
            return ""
        lemma = verbs().participle(rest[-1]) or "?"
    elif lemma == "werden" or (lemma == "sein" and not _MOVED.fullmatch(rest[-1])):
        return ""
    elif rest[-1] in verbs().prefixes:
        lemma, verb = rest[-1] + lemma, rest.pop() + verb
    said = turned(_with_cases(rest), "", lemma, speaker)
    return " ".join([*said, verb]) if len(said) == len(rest) else ""


def _never(word: str) -> bool:
    """Words that only the writer can say, and those of money and consent: nothing is granted by being said back."""
    low = word.lower()
    return bool(_NOT_SAID.fullmatch(word) or _GRANTS.search(low) or listed().never.search(low))


def _with_cases(words: Sequence[str]) -> list[str]:
    """ "uns" told apart: to whom where a thing follows, whom with the verbs that say so."""
    said = list(words)
    for place, word in enumerate(words[:-1]):
        bare = word == "uns" and not (place and words[place - 1] in _BEFORE_OBJECT)
        if bare and _ARTICLE.fullmatch(words[place + 1]):
            said[place] = "mir"
        elif bare and words[-1] in _WHOM:
            said[place] = "mich"
        elif bare and any(word in ("den", "einen", "ein", "eine") for word in words[place + 1 :]):
            said[place] = "mir"
    return said
