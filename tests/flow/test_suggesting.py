"""The optional model: off as it comes, asked once and told little, shown only when nothing speaks against its text."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime
from http.server import BaseHTTPRequestHandler

import pytest

from db.engine import Database
from db.models import Draft
from db.states import DraftOrigin
from responder.drafting import DraftRequest, draft
from responder.drafts import draft_next
from responder.intake import receive
from responder.profile import Profile
from responder.reading import read
from responder.reading.model import Text
from responder.suggesting import Message, NoAnswer, Service, suggest
from responder.suggesting.brief import redacted
from responder.suggesting.objections import objections
from responder.suggesting.spoken_to import speaks_to_a_machine
from responder.tone import Context
from tests.flow.chat_service import ChatService, chat_service, choice, send
from tests.flow.people import add_source, page, review, rows
from tests.voice.injections import ALL_PLAIN, PAYLOADS, Injected, injections

MONDAY = date(2026, 11, 23)
HOUSE = Profile(signature="Jana Brandt", contact="hilfe@moebel-kern.example", business="Möbel Kern", today=MONDAY)
POST = Text("Drei Wochen warte ich auf den Sessel, und am Telefon geht keiner ran. Nie wieder.", rating=1)
GOOD = (
    "Guten Tag, so lange auf den bestellten Sessel zu warten und uns nicht zu erreichen, das tut mir leid. "
    "Ich kläre heute mit dem Versand, wo er steht, und antworte Ihnen hier bis Dienstag, 24. November."
)


@pytest.fixture
def chat() -> Iterator[ChatService]:
    with chat_service() as service:
        service.says = GOOD
        yield service


def suggested(service: Service, post: Text = POST, profile: Profile = HOUSE, author: str = "") -> str | None:
    request = DraftRequest(read(post), post, profile, key="1")
    return suggest(service.ask, request, draft(request), Context(profile, request.reading, post, author=author))


def service_at(chat: ChatService, seconds: float = 5.0) -> Service:
    return Service(chat.address, "small", "geheim", seconds)


def test_a_good_wording_is_shown_and_signed(chat: ChatService) -> None:
    text = suggested(service_at(chat))
    assert text is not None
    assert text.startswith(GOOD)
    assert text.rstrip().endswith("Jana Brandt")


def test_it_is_asked_once_with_model_and_key(chat: ChatService) -> None:
    suggested(service_at(chat))
    assert [asked["model"] for asked in chat.asked] == ["small"]
    assert chat.headers[0]["authorization"] == "Bearer geheim"


def test_it_is_told_the_post_and_the_playbooks_draft_and_nothing_more(chat: ChatService) -> None:
    suggested(service_at(chat), author="Anna Berg")
    assert set(chat.told) == {
        "post", "rating", "draft", "form_of_address", "sector", "may_be_promised", "longest",
    }  # fmt: skip
    assert chat.told["post"] == POST.text
    assert "24. November" in chat.told["draft"]
    assert "Jana Brandt" not in json.dumps(chat.asked[0])


@pytest.mark.parametrize(
    "private",
    ["anna.berg@post.example", "0170 1234567", "DE02120300000000202051", "Anna Berg", "@annaberg", "Frau Huber",
     "https://anna.example/ich", "www.anna.example", "Bestellnummer 4711002", "+41 79 123 45 67"],
)  # fmt: skip
def test_personal_data_never_leaves(private: str) -> None:
    post = Text(f"Der Sessel fehlt seit Wochen. {private} wartet. Gruß, Anna Berg", rating=1)
    said = redacted(DraftRequest(read(post), post, HOUSE), "Anna Berg")
    secret = private.removeprefix("Bestellnummer ").removeprefix("Frau ")
    assert secret not in said
    assert "Anna" not in said
    assert "Sessel" in said


def slow(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(2000):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        threading.Event().wait(0.01)


def status(code: int) -> Callable[[BaseHTTPRequestHandler], None]:
    return lambda handler: send(handler, choice(GOOD), code)


def body(content: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    return lambda handler: send(handler, content)


BAD_SERVICES = {
    "slow": slow,
    "500": status(500),
    "401": status(401),
    "redirect": status(302),
    "garbage": body(b"\xff\x00 no json"),
    "html": body(b"<html>busy</html>"),
    "empty": body(b""),
    "list": body(b"[]"),
    "no choices": body(b'{"choices": []}'),
    "null": body(choice(None)),
    "half a character": body(b'{"choices": [{"message": {"content": "\\ud800"}}]}'),
    "object": body(choice({"text": GOOD})),
    "deep": body(b"[" * 100_000),
    "huge": body(choice("x" * 6_000_000)),
    "hang up": lambda handler: handler.connection.close(),
}


@pytest.mark.parametrize("name", BAD_SERVICES)
def test_a_service_that_misbehaves_is_no_answer(chat: ChatService, name: str) -> None:
    chat.behave = BAD_SERVICES[name]
    assert suggested(service_at(chat, 0.5)) is None


def test_a_service_that_fails_again_and_again_is_left_alone(chat: ChatService) -> None:
    chat.behave = status(500)
    service = service_at(chat)
    for _ in range(6):
        assert suggested(service) is None
    assert len(chat.asked) == 3


def test_a_service_that_recovers_is_asked_on(chat: ChatService) -> None:
    service = service_at(chat)
    for number in range(6):
        chat.behave = None if number % 2 else status(500)
        suggested(service)
    assert len(chat.asked) == 6


BAD_TEXTS = {
    "empty": "  ",
    "endless": GOOD * 100,
    "a gap": GOOD.replace("bestellten", "[bestellten]"),
    "a promise": f"{GOOD} Den Kaufpreis erstatten wir Ihnen.",
    "an amount": f"{GOOD} Dafür gibt es 50 Euro.",
    "an amount in words": f"{GOOD} Dafür gibt es fünfzig Euro.",
    "another date": GOOD.replace("24. November", "23. Dezember"),
    "another day": GOOD.replace("Dienstag, 24. November", "Freitag"),
    "a span of time": f"{GOOD} Das dauert, in drei Tagen ist er da.",
    "a link": f"{GOOD} Mehr unter https://moebel.example/hilfe",
    "a domain": f"{GOOD} Mehr auf moebel.example",
    "a phone number": f"{GOOD} Rufen Sie 0900 123456 an.",
    "a mail address": f"{GOOD} Schreiben Sie an chef@anders.example.",
    "a titled name": f"{GOOD} Herr Schmidt meldet sich.",
    "a name": f"{GOOD} Bitte wenden Sie sich an Rudi Raffke.",
    "blame": f"{GOOD} Da hätten Sie früher fragen müssen.",
    "a quotation": GOOD.replace("so lange auf", "drei Wochen warte ich auf den Sessel, so lange auf"),
    "another language": "Hello, we are sorry that the chair is late. We will answer you here by Tuesday.",
    "the other address": GOOD.replace("Ihnen", "dir"),
    "itself": f"{GOOD} Als Sprachmodell kann ich das nicht prüfen.",
    "markup": f"**Antwort:** {GOOD}",
    "a page": f"<p>{GOOD}</p>",
    "off the matter": "Guten Tag, danke für Ihre Nachricht. Bis Dienstag, 24. November, hören Sie von uns.",
}


@pytest.mark.parametrize("name", BAD_TEXTS)
def test_a_text_against_which_anything_speaks_is_not_shown(chat: ChatService, name: str) -> None:
    chat.says = BAD_TEXTS[name]
    assert suggested(service_at(chat)) is None


def test_a_text_too_long_for_the_outlet_is_not_shown(chat: ChatService) -> None:
    short = Profile(signature="Jana Brandt", today=MONDAY, max_len=150)
    assert suggested(service_at(chat), profile=short) is None


@pytest.mark.parametrize(
    ("post", "profile"),
    [
        (Text("Betrüger! Mein Anwalt meldet sich.", rating=1), HOUSE),
        (Text("Ich bringe mich um.", rating=1), HOUSE),
        (Text("", rating=5), HOUSE),
        (Text("Habt ihr am 26. Dezember offen?"), HOUSE),
        (Text("Die Wartezeit war zu lang.", rating=2), Profile(confidential=True, today=MONDAY)),
        (Text("Die Wartezeit war zu lang.", rating=2), Profile(contact_lock=True, today=MONDAY)),
        (Text("Frau Aydin war sehr freundlich, danke!", rating=5), HOUSE),
    ],
)
def test_what_is_delicate_or_only_known_to_a_person_never_leaves(
    chat: ChatService, post: Text, profile: Profile
) -> None:
    assert suggested(service_at(chat), post, profile) is None
    assert chat.asked == []


def obeying(injected: Injected) -> Callable[[list[Message]], str]:
    return lambda _: f"{GOOD} {injected.instruction}"


def test_no_injection_reaches_a_draft_even_if_the_model_obeys() -> None:
    for injected in injections():
        for said in (injected.payload, f"{GOOD} {injected.payload}", f"{GOOD} {injected.instruction}"):
            request = DraftRequest(read(injected.post), injected.post, HOUSE)
            context = Context(HOUSE, request.reading, injected.post)
            assert suggest(lambda _, said=said: said, request, draft(request), context) is None, injected.post.text


def test_every_injection_is_kept_from_the_model() -> None:
    assert [injected.post.text for injected in injections() if not speaks_to_a_machine(injected.post.text)] == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_dictated_text_is_refused_even_from_a_post_that_seems_plain(payload: str) -> None:
    post = Text(f"{POST.text} {payload}", rating=1)
    request = DraftRequest(read(post), post, HOUSE)
    context = Context(HOUSE, request.reading, post)
    assert list(objections(f"{GOOD} {payload}\nJana Brandt", request, draft(request), context))


def test_ordinary_posts_do_not_seem_to_speak_to_a_machine() -> None:
    wrong = [text for text in ALL_PLAIN if speaks_to_a_machine(text)]
    assert wrong == []


def profile(_: object) -> Profile:
    return HOUSE


def drafted(database: Database, now: datetime, ask: Callable[[list[Message]], str] | None) -> Draft:
    source = add_source(database, now)
    receive(database, page(source, now, review("r1", POST.text)), now=now)
    draft_next(database, now=now, make_profile=profile, ask=ask)
    return next(iter(rows(database, Draft)))


def test_the_origin_of_a_draft_is_kept(sqlite_database: Database, now: datetime, chat: ChatService) -> None:
    found = drafted(sqlite_database, now, service_at(chat).ask)
    assert (found.origin, found.needs) == (DraftOrigin.MODEL, [])
    assert found.text.startswith(GOOD)


def test_without_an_answer_the_draft_from_the_rules_stands(
    sqlite_database: Database, now: datetime, chat: ChatService
) -> None:
    chat.behave = status(500)
    found = drafted(sqlite_database, now, service_at(chat).ask)
    assert found.origin == DraftOrigin.RULES
    assert "24. November" in found.text


def test_off_it_asks_nobody(sqlite_database: Database, now: datetime) -> None:
    assert drafted(sqlite_database, now, None).origin == DraftOrigin.RULES


def test_the_reason_of_a_refusal_quotes_nothing() -> None:
    with pytest.raises(NoAnswer) as refused:
        Service("http://127.0.0.1:1/v1", "small", "geheim", 0.5).ask([])
    assert "geheim" not in str(refused.value) + repr(Service("http://x", "m", "geheim"))
