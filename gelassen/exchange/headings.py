"""Which field of a post the heading of a column stands for, in German or English."""

from __future__ import annotations

import re
from datetime import UTC, tzinfo

SYNONYMS = {
    "external_id": "externalid id nr nummer bewertungsid reviewid bewertungsnummer kommentarid commentid uuid",
    "text": "text bewertungstext kommentar kommentartext reviewtext review rezension rezensionstext inhalt comment "
    "content body nachricht meinung feedback message",
    "pros": "pros positiv positives positivebewertung positivereview vorteile",
    "cons": "cons negativ negatives negativebewertung negativereview nachteile",
    "title": "title titel überschrift betreff headline subject",
    "rating": "rating sterne stars punkte score anzahlsterne sternebewertung starrating note schulnote mark "
    "gesamtbewertung gesamtnote overallrating",
    "rating_best": "ratingbest maximum max",
    "rating_worst": "ratingworst minimum min",
    "author_name": "authorname name autor author verfasser verfasserin kunde kundin kundenname nutzer nutzername user "
    "username gast gastname guestname namedesgastes customer consumer displayname reviewer reviewername von",
    "first_name": "vorname firstname",
    "last_name": "nachname familienname lastname surname",
    "author_id": "authorid kundennr kundennummer userid reviewerid",
    "created_at": "createdat datum date erstellt erstelltam zeit zeitpunkt veröffentlicht veröffentlichtam published "
    "publishedat bewertungsdatum reviewdate timestamp created createtime createdtime timecreated time abgegebenam "
    "dateandtime submitdateandtime",
    "updated_at": "updatedat geändert geändertam bearbeitet bearbeitetam updatetime lastupdatedateandtime",
    "seen_at": "seenat gesehen",
    "url": "url link adresse",
    "source": "source quelle plattform platform portal kanal",
    "language": "language sprache lang",
    "reply": "reply antwort antworttext ownerreply response ownerresponse antwortdesinhabers stellungnahme replytext "
    "kommentardeshotels kommentardesinhabers kommentardesanbieters kommentardesunternehmens",
    "reply_at": "replyat antwortdatum antwortam beantwortetam replydate responsedate replydateandtime",
}
COLUMNS = {synonym: key for key, synonyms in SYNONYMS.items() for synonym in synonyms.split()}
EITHER = "bewertung"
"""Stars in one export, words in the next: decided by what stands in the column."""

NESTED = {
    ("author_name", "author_name"): "author_name",
    ("author_name", "first_name"): "first_name",
    ("author_name", "last_name"): "last_name",
    ("author_name", "external_id"): "author_id",
    ("reply", "text"): "reply",
    ("reply", "created_at"): "reply_at",
    ("reply", "updated_at"): "reply_at",
    ("rating", "rating"): "rating",
    ("rating", "value"): "rating",
    ("rating", "rating_best"): "rating_best",
}
"""What a part of a part is: the text of an answer is the answer, the id of a person is no id of a review."""

HUMP = re.compile(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])")
ABOUT_THE_REVIEW = re.compile(r"^(?:review|comment)\s+|\s+der\s+(?:bewertung|rezension)$")
OWNERS = re.compile(
    r"\b(?:company|business|developer|owner|management|merchant|seller|shop|host|property|"
    r"(?:des|der) (?:unternehmens|betriebs|inhabers|händlers|anbieters|gastgebers|unterkunft|hotels|arbeitgebers))\b"
)
SCALE = re.compile(r"\(\s*(\d{1,3})\s*(?:-|–|bis|to)\s*(\d{1,3})\s*\)", re.IGNORECASE)
MARKS = {"note", "schulnote"}
SCHOOL = 6.0
"""The worst school mark."""

IN_UTC = re.compile(r"\((?:utc|gmt)\)", re.IGNORECASE)


def field(heading: str) -> str:
    """The field, or nothing for an unknown one. `author.name` is the name within an author."""
    above, _, below = heading.partition(".")
    if above and below and "." not in below:
        return NESTED.get((field(above), field(below) or plain(below)), "")
    words = " ".join(re.findall(r"[^\W_]+", HUMP.sub(" ", IN_UTC.sub("", SCALE.sub("", heading))))).casefold()
    shorter = ABOUT_THE_REVIEW.sub("", words)
    answer = COLUMNS.get(plain(OWNERS.sub("", shorter)), "")
    return (
        COLUMNS.get(plain(words))
        or COLUMNS.get(plain(shorter))
        or (answer if answer in ("reply", "reply_at") else "")  # the name of a company is no author
    )


def scale_of(heading: str) -> tuple[float, float] | None:
    """Best and worst, where a heading tells them: `Punkte (1-10)`; in `Note (1-6)` the lower is the better."""
    if not (told := SCALE.search(heading)):
        return None
    low, high = sorted((float(told[1]), float(told[2])))
    return (low, high) if plain(SCALE.sub("", heading)) in MARKS and low < high <= SCHOOL else (high, low)


def plain(heading: str) -> str:
    """Its letters and digits only."""
    return "".join(char for char in heading.casefold() if char.isalnum())


def zone_of(heading: str, zone: tzinfo) -> tzinfo:
    """Where the clock of a column stands: `zone`, unless its heading says UTC."""
    return UTC if IN_UTC.search(heading) else zone
