"""A reply text made ready for the rules: language, greeting, body, signature, sentences. Offsets are code points."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from responder.tone.context import Context, Situation, situation
from responder.tone.data import load

_QUOTED = re.compile(r"„[^“”\"\n]{1,200}[“”\"]|“[^”\n]{1,200}”|»[^«\n]{1,200}«|«[^»\n]{1,200}»|\"[^\"\n]{1,200}\"")
_FORMAL = re.compile(r"\b(?:Sie|Ihnen|Ihr(?:e[mnrs]?|s)?|Ihrerseits)\b")
_END = re.compile(
    r"(?<!\bz)(?<!\bB)(?<!\bNr)(?<!\bca)(?<!\bDr)(?<!\bSt)(?<!\bTel)(?<!\bStr)[.!?…]+[\"“”«»)]*(?=\s|$)|\n+|"
    r"[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?(?=\s+[A-ZÄÖÜ])"
)
_ORDINAL = re.compile(r"\b\d{1,4}\.$")
_MONTH = re.compile(r"\s*(?:\d|[a-zäöü]|Jän|Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|Stock|Etage|OG)")
_GREETING = re.compile(
    r"\s*(?:@[\w.@-]+[,:]?\s*)?(?:(?i:guten (?:tag|morgen|abend)|schönen guten tag|grü(?:ß|ss) (?:gott|sie|dich|euch)|"
    r"gruess gott|grüezi(?: mitenand)?|grüessech|grüessich|servus|moin(?: moin)?|hallo|hallöchen|hi|hey|"
    r"sehr geehrte[rs]?|liebe[rs]? (?!grü)|dear|hello|good (?:morning|afternoon|evening|day)|salü|hoi)\b"
    r"(?:\s*(?:(?:Frau|Herr|Familie|Team|zusammen|there|all|guest|customer|sir|madam|team|und|liebe[rs]?|geehrte[rs]?|Mr|Mrs|Ms)\b\.?|"
    r"(?!Danke|Vielen|Herzlichen|Thank|Es |Ich |Wir |Das |Die |Der )[A-ZÄÖÜ@][\w.’'-]*)){0,6}\s*[,!.:–-]*"
    r"(?:\s*(?i:(?:sehr geehrte|liebe)[rs]? \w+)\s*[,!.:–-]+)?)?\s*"
)
_CLOSING = re.compile(
    r"(?:(?:mit )?(?:ganz )?(?:freundlich|herzlich|best|viel|lieb|sonnig|schön)(?:e|en|st|sten)? grü(?:ß|ss)en?|"
    r"herzlichst|hochachtungsvoll|alles gute|(?:best|kind|warm) regards|kind wishes|sincerely|"
    r"\b(?:ihr|ihre|euer|eure|dein|your)\b(?= (?:[\w-]+ ){0,2}team)|(?<=[.!?\n] )ihr(?:e)? (?=\w+ \w+$))",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """A sentence and how much it speaks for each rule being broken, in log-odds."""

    sentence: Sentence
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Reply:
    """`plain` is as long as `text`: quotations blanked, all lower case except the formal Sie, Ihnen and Ihr.

    `weighed` holds the sentences of the body that a model has an opinion of; see `responder/tone/weighing.py`.
    """

    text: str
    plain: str
    language: str
    situation: Situation
    greeting_end: int
    signature_start: int
    sentences: tuple[Sentence, ...]
    weighed: tuple[Weighed, ...] = ()

    @property
    def body(self) -> tuple[Sentence, ...]:
        """The sentences between greeting and signature."""
        return tuple(s for s in self.sentences if s.end > self.greeting_end and s.start < self.signature_start)

    @property
    def first(self) -> Sentence:
        """The first sentence of the body without the greeting; the whole text where there is no body."""
        for sentence in self.body:
            start = max(sentence.start, self.greeting_end)
            return Sentence(start, sentence.end, self.text[start : sentence.end])
        return Sentence(0, len(self.text), self.text)

    def sentence_at(self, position: int) -> Sentence:
        """The sentence in which a position lies."""
        number = bisect_right(self.sentences, position, key=lambda sentence: sentence.start) - 1
        return self.sentences[max(number, 0)]


def prepare(text: str, context: Context) -> Reply:
    """Cut a reply into its parts, once for all rules."""
    matched = _GREETING.match(text)
    greeting_end = matched.end() if matched else 0
    sentences = tuple(_sentences(text))
    return Reply(
        text=text,
        plain=plain_form(text),
        language=_language(text, context.profile.locale),
        situation=situation(context),
        greeting_end=greeting_end,
        signature_start=max(greeting_end, _signature_start(text, sentences)),
        sentences=sentences,
    )


def plain_form(text: str) -> str:
    """A text of the same length with quotations blanked, all lower case except the formal Sie, Ihnen and Ihr."""
    bare = _QUOTED.sub(lambda quote: " " * len(quote[0]), text).replace("’", "'")
    low = list(_same_length_lower(bare))
    for formal in _FORMAL.finditer(bare):
        low[formal.start()] = bare[formal.start()]
    return "".join(low)


def _same_length_lower(text: str) -> str:
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _sentences(text: str) -> Iterator[Sentence]:
    start = 0
    for end in [*_ends(text), len(text)]:
        piece = text[start:end]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            right = start + len(piece.rstrip())
            yield Sentence(left, right, text[left:right])
        start = end


def _ends(text: str) -> Iterator[int]:
    """Where sentences end; the point of "24. November" and of "Nr. 5" ends none."""
    for match in _END.finditer(text):
        ordinal = match[0] == "." and _ORDINAL.search(text, max(0, match.start() - 5), match.end())
        if not (ordinal and _MONTH.match(text, match.end())):
            yield match.end()


def _signature_start(text: str, sentences: tuple[Sentence, ...]) -> int:
    """The closing formula near the end, or a last line that is a name and no sentence."""
    closing = list(_CLOSING.finditer(text, max(0, len(text) - 160)))
    last = sentences[-1] if sentences else None
    unfinished = last and last.text[-1] not in ".!?…" and len(last.text.split()) <= 8
    tail = last.start if last and unfinished and len(sentences) > 1 else len(text)
    return min([tail, *(match.start() for match in closing[:1])])


def _language(text: str, locale: str) -> str:
    """By the commonest small words; the profile's language where they do not tell."""
    words = set(re.findall(r"[^\W\d_]+", text.lower()[:4000]))
    counts = {code: len(words & set(small)) for code, small in load("words")["small"].items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] > counts.get(locale[:2], 0) + 1 else locale[:2]
