"""From the text of a post to its reading. Pure: the same text gives the same reading, on any machine, offline."""

from __future__ import annotations

from responder.reading import labels, language, second_opinion
from responder.reading import lexicon as lexicons
from responder.reading.address import address
from responder.reading.anger import anger, urgency
from responder.reading.document import Document, prepare
from responder.reading.facts import facts
from responder.reading.lexicon import Weighed
from responder.reading.model import Reading, Span, Text
from responder.reading.pii import personal_data
from responder.reading.questions import asks
from responder.reading.rules import Hit, load
from responder.reading.sentiment import Signals, Verdict, judge, stars

GERMAN = frozenset({"de", "gsw", "und"})


def read(text: Text) -> Reading:
    """What a post says, with the places it says it at. Takes any text; never raises, never reaches the network."""
    document = prepare(text)
    tongue = language.recognise((token.word for token in document.words), document.written)
    weighed = lexicons.load("en" if tongue == "en" else "de").weigh(document.folded, document.words)
    hits = {
        name: load(name).find(document.folded) for name in ("matters", "topics", "stations", "wants", "risks", "irony")
    }
    bad = sum(labels.sides()[hit.label] == "complaint" for hit in hits["matters"])
    question = asks(document.folded, complains=bad > 0)
    found = labels.matters(hits["matters"], is_question=question)
    signals = _signals(text, document, weighed, found, tongue=tongue, irony=bool(hits["irony"]), question=question)
    verdict = judge(signals)
    return _assemble(text, document, tongue, verdict, weighed, hits, found, question)


def _signals(
    text: Text,
    document: Document,
    weighed: list[Weighed],
    found: list[Hit],
    *,
    tongue: str,
    irony: bool,
    question: bool,
) -> Signals:
    sides = [labels.sides()[hit.label] for hit in found]
    return Signals(
        praise=sum(item.weight for item in weighed if item.weight > 0),
        complaint=-sum(item.weight for item in weighed if item.weight < 0),
        bad_matters=sides.count("complaint"),
        good_matters=sides.count("praise"),
        irony=irony,
        question=question,
        second=second_opinion.polarity(document.written) if tongue in GERMAN else 0.0,
        stars=stars(text),
        kind=text.kind,
    )


def _assemble(
    text: Text, document: Document, tongue: language.Language, verdict: Verdict, weighed: list[Weighed],
    hits: dict[str, list[Hit]], found: list[Hit], question: bool,
) -> Reading:  # fmt: skip
    negative = verdict.sentiment == "negative"
    risks = tuple(hit.label for hit in hits["risks"])
    heat, heated = anger(document, risks, stars(text), hostile=negative or bool(risks))
    haste, hurried = urgency(document, risks, pending=negative or question or bool(hits["wants"]))
    wants = [hit for hit in hits["wants"] if negative or question or hit.label != "being_heard"]
    pii = personal_data(document)
    shown = [*found, *wants, *hits["risks"], *hits["irony"]]
    reasons = [document.span(_sign(item), item.start, item.end) for item in weighed]
    reasons += [document.span(hit.label, hit.start, hit.end) for hit in shown] + heated + hurried
    return Reading(
        language=tongue,
        sentiment=verdict.sentiment,
        probability=verdict.probability,
        unsure=verdict.unsure or tongue in ("fr", "it"),
        anger=heat,
        urgency=haste,
        topics=labels.topics(hits["topics"], found),
        station=labels.station(hits["stations"]),
        wants=tuple(hit.label for hit in wants),
        risks=risks,
        pii=pii,
        address=address(document.written) if tongue in GERMAN else "none",
        facts=facts(document, pii),
        reasons=tuple(sorted(set(reasons), key=_order)),
        is_question=question,
        matters=tuple(hit.label for hit in found),
    )


def _sign(item: Weighed) -> str:
    return "praise" if item.weight > 0 else "complaint"


def _order(span: Span) -> tuple[int, int, str]:
    return (span.start, span.end, span.label)


def warm_up() -> None:
    """Load every word list and library now, so that the first reading is as quick as the rest."""
    language.warm_up()
    read(Text("Das Essen war kalt, aber die Bedienung war freundlich."))
    read(Text("The food was cold but the staff was friendly."))
