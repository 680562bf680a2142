"""From the text of a post to its reading. Pure: the same text gives the same reading, on any machine, offline."""

from __future__ import annotations

from dataclasses import dataclass, replace

from responder.reading import labels, language, romance, second_opinion, subject, suspicion, wishes
from responder.reading import lexicon as lexicons
from responder.reading.address import address
from responder.reading.anger import anger, urgency
from responder.reading.document import Document, prepare
from responder.reading.facts import facts
from responder.reading.lexicon import Weighed
from responder.reading.linear import Linear, shipped
from responder.reading.marks import marks
from responder.reading.model import Reading, Span, Text
from responder.reading.pii import Place, personal_places
from responder.reading.questions import asks
from responder.reading.rules import Hit
from responder.reading.scope import HAPPENED, WANTED
from responder.reading.sentiment import Signals, Verdict, judge, stars
from responder.reading.tokens import Token, is_negator
from responder.words import Language

GERMAN = frozenset({"de", "gsw", "und"})
LISTED = frozenset({"en", "fr", "it"})
"""Languages with a word list of their own; the others are read with the German one."""
FILES = ("topics", "stations", "risks", "irony")
"""What is found anywhere in a text: a threat may be quoted, supposed or put as a question."""
PLAINLY, SURELY = 0.7, 0.95
"""How probable praise must be before what is asked for or at risk beside it counts as a mention in passing, and before
a danger does."""
HARMLESS_WANTS = frozenset({"information", "delivery_date", "callback"})


def read(text: Text, mood: Linear | None = None) -> Reading:
    """What a post says, with the places it says it at. Takes any text; never raises, never reaches the network.

    `mood` is another model than the one that comes with the program.
    """
    document, tongue, found = _looked_at(text)
    evidence = _signals(text, document, found, tongue)
    learned = (mood or shipped("mood")).scores(document.written, evidence.named()) if tongue in GERMAN else {}
    verdict = judge(evidence, learned)
    found = replace(found, risks=suspicion.risks(document, found.risks), wants=wishes.wants(document, found.wants))
    return _assemble(text, document, tongue, found, verdict)


def signals(text: Text) -> Signals:
    """What the rules and word lists make of a text, before anything is concluded: what the models are trained on."""
    document, tongue, found = _looked_at(text)
    return _signals(text, document, found, tongue)


def _looked_at(text: Text) -> tuple[Document, Language, Found]:
    document = prepare(text)
    tongue = language.recognise((token.word for token in document.words), document.written)
    return document, tongue, _find(document, tongue)


@dataclass(frozen=True, slots=True)
class Found:
    """What the rules and the lexicon found in one document."""

    weighed: list[Weighed]
    matters: list[Hit]
    topics: list[Hit]
    stations: list[Hit]
    wants: list[Hit]
    risks: list[Hit]
    irony: list[Hit]
    question: bool


def _find(document: Document, tongue: Language) -> Found:
    hits = {name: romance.find(name, tongue, document) for name in FILES}
    hits |= {"matters": _matters(document, tongue), "wants": romance.find("wants", tongue, document, WANTED)}
    complains = any(labels.sides()[hit.label] == "complaint" for hit in hits["matters"])
    question = (romance.asks if tongue in romance.ROMANCE else asks)(document.folded, complains=complains)
    if tongue in romance.ROMANCE:
        hits["matters"] = romance.meant(hits["matters"], document.folded)
    hits["matters"] = labels.matters(hits["matters"], is_question=question, irony=bool(hits["irony"]))
    weighed = lexicons.load(tongue if tongue in LISTED else "de").weigh(document.folded, document.words, document.runs)
    return Found(weighed=_unopposed(weighed, hits["matters"]), question=question, **hits)


def _matters(document: Document, tongue: Language) -> list[Hit]:
    """What is said to have happened, and what is asked."""
    happened = romance.find("matters", tongue, document, HAPPENED)
    more = any(found.kind in ("asked", "supposed") for found in document.unsaid)
    asked = romance.find("matters", tongue, document, ("quoted",)) if more else happened
    sides = labels.sides()
    return [hit for hit in happened if sides[hit.label] != "question"] + [
        hit for hit in asked if sides[hit.label] == "question"
    ]


def _unopposed(weighed: list[Weighed], matters: list[Hit]) -> list[Weighed]:
    """Weights without the complaining words of praise ("Problem gelöst") and the praising ones of a complaint."""
    wrong = {"praise": -1, "complaint": 1, "question": 0}
    places = [(hit.start, hit.end, wrong[labels.sides()[hit.label]]) for hit in matters]
    return [
        item
        for item in weighed
        if not any(start <= item.start < end and item.weight * sign > 0 for start, end, sign in places)
    ]


def _signals(text: Text, document: Document, found: Found, tongue: Language) -> Signals:
    sides = [labels.sides()[hit.label] for hit in found.matters]
    serious = [hit for hit in found.wants if hit.label not in HARMLESS_WANTS]
    threats = [hit for hit in found.risks if hit.label != "spam"]
    return Signals(
        praise=sum(item.weight for item in found.weighed if item.weight > 0),
        complaint=-sum(item.weight for item in found.weighed if item.weight < 0),
        bad_matters=sides.count("complaint"),
        good_matters=sides.count("praise"),
        denials=_bare_denials(document.words, found),
        grievances=len(serious) + len(threats),
        spam=any(hit.label == "spam" for hit in found.risks),
        irony=bool(found.irony),
        question=found.question,
        second=second_opinion.polarity(document.written) if tongue in GERMAN else 0.0,
        stars=stars(text),
        kind=text.kind,
        marks=marks(document.written),
    )


def _bare_denials(words: list[Token], found: Found) -> int:
    """Clauses that deny something without a weighed word or a matter: "they did not even ask"."""
    places = [(item.start, item.end) for item in found.weighed] + [(hit.start, hit.end) for hit in found.matters]
    spoken = {place for start, end in places for place in range(start, end)}
    covered = {token.clause for token in words if token.start in spoken}
    return len({token.clause for token in words if is_negator(token)} - covered)


def _assemble(text: Text, document: Document, tongue: Language, found: Found, verdict: Verdict) -> Reading:
    personal = personal_places(document.written)
    pleased = verdict.sentiment == "positive" and not verdict.unsure and verdict.probability >= PLAINLY
    surely = pleased and verdict.probability >= SURELY
    risks = labels.risks(found.risks, (label for _, label in personal), pleased=pleased, surely=surely)
    content = pleased and not wishes.bids(document)
    wants = labels.wants(found.wants, pleased=content, is_question=found.question, spam="spam" in risks)
    matters = tuple(hit.label for hit in found.matters)
    topics = subject.topics(found.topics, matters, risks, wants)
    negative = verdict.sentiment == "negative"
    heat, heated = anger(document, risks, stars(text), hostile=negative or bool(risks))
    haste, hurried = urgency(document, risks, pending=verdict.sentiment != "positive" or bool(wants))
    return Reading(
        language=tongue,
        sentiment=verdict.sentiment,
        probability=verdict.probability,
        unsure=verdict.unsure,
        anger=heat,
        urgency=haste,
        topics=topics,
        station=subject.station(found.stations, topics[0], risks),
        wants=wants,
        risks=risks,
        pii=tuple(Span(*document.written_place(*place), label) for place, label in personal),
        address=address(document.written) if tongue in GERMAN else "none",
        facts=facts(document, personal),
        reasons=_reasons(document, found, heated + hurried + _laid_open(document, risks, personal)),
        is_question=found.question,
        matters=matters,
    )


def _laid_open(document: Document, risks: tuple[str, ...], personal: list[tuple[Place, str]]) -> list[Span]:
    """Where contact or bank details stand that are a risk."""
    places = [place for place, label in personal if label in labels.LAID_OPEN and "personal_data" in risks]
    return [Span(*document.written_place(*place), "personal_data") for place in places]


def _reasons(document: Document, found: Found, more: list[Span]) -> tuple[Span, ...]:
    """Where every signal stands, in the order of the text."""
    spans = [
        document.span("praise" if item.weight > 0 else "complaint", item.start, item.end) for item in found.weighed
    ]
    for hit in [*found.matters, *found.topics, *found.stations, *found.wants, *found.risks, *found.irony]:
        spans.append(document.span(hit.label, hit.start, hit.end))
    return tuple(sorted({*spans, *more}, key=lambda span: (span.start, span.end, span.label)))


def warm_up() -> None:
    """Load every word list and library now, so that the first reading is as quick as the rest."""
    language.warm_up()
    second_opinion.warm_up()
    read(Text("Das Essen war kalt, aber die Bedienung war freundlich."))
    read(Text("The food was cold but the staff was friendly."))
    read(Text("Le plat était froid, mais le personnel était aimable."))
    read(Text("Il piatto era freddo, ma il personale era gentile."))
