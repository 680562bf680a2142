"""The page in a real Chromium: with and without JavaScript, small and large, light and dark, and never a CSP breach."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect

from db.engine import Database
from db.models import Approval, Correction, Obligation, Reply
from responder import people
from responder.reading.model import Reading
from responder.web import PageSettings
from tests.peers.chromium import running_chromium
from tests.web.conftest import CALM, PASSWORD, House, fall_ill

pytestmark = pytest.mark.heavy

SHOTS = Path(__file__).parents[2] / "artifacts"
ROUGH = "Guten Tag, das mit dem Sessel tut mir leid. Wir kümmern uns zeitnah darum. Jana Brandt"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def lively(sqlite_database: Database, password_hash: str) -> House:
    """A house on the real clock with some posts."""
    house = House(
        sqlite_database, lambda: datetime.now(UTC), PageSettings(business="Möbelhaus Brandt"), password_hash  # type: ignore[arg-type]
    )  # fmt: skip
    shop, hotel = house.source("Möbelhaus Brandt – Google"), house.source("Hotel Seeblick", channel=False)
    first = house.waiting(shop, draft=ROUGH)
    house.waiting(
        shop,
        "Schon das ZWEITE Mal schreibe ich das hier. Der Sessel ist immer noch nicht da.",
        title="Immer noch nichts",
    )
    praise = house.post(
        hotel, "Das Frühstück auf der Terrasse war ein Traum.", rating=5.0, author_id="k", author_name="Karl-Heinz O."
    )
    house.draft(praise, "Danke, das gebe ich gern weiter! Regula Ammann", Reading(language="de", sentiment="positive"))
    house.post(hotel, "<script>alert(1)</script><img src=x onerror=alert(2)> laut\u202e", author_id="x")
    with house.database.write() as session:
        session.get_one(Obligation, first).due_at = house.clock() + timedelta(hours=1)
    return house


@pytest.fixture
def address(lively: House) -> Iterator[str]:
    """The page, served by uvicorn on a free port."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(lively.app, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://localhost:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    listener.close()


Open = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser, address: str, lively: House) -> Iterator[Open]:
    """A function that opens the page as somebody. In the end no page may have complained about anything."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def page_for(
        name: str = "Anna", width: int = 1280, height: int = 900, watched: bool = True, **options: object
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale="de-DE", base_url=address, **options  # type: ignore[arg-type]
        )  # fmt: skip
        contexts.append(context)
        if name:
            cookie = people.log_in(lively.database, lively.user(name), lively.clock())
            context.add_cookies([{"name": "gelassen", "value": cookie, "url": address}])
        page = context.new_page()
        if not watched:
            return page
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
        page.on("request", lambda asked: None if asked.url.startswith(address) else complaints.append(asked.url))
        return page

    yield page_for
    for context in contexts:
        context.close()
    assert [one for one in complaints if "status of 4" not in one] == []


def shot(page: Page, name: str) -> None:
    """Keep a picture of the whole page to look at."""
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


def test_from_the_login_to_an_approved_answer_and_back(open_page: Open, lively: House) -> None:
    page = open_page("")
    page.goto("/")
    shot(page, "login")
    page.get_by_label("Name").fill("Anna")
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden").click()
    expect(page.get_by_role("heading", name="Posteingang")).to_be_visible()
    page.get_by_role("link", name="Petra M.").first.click()
    expect(page.locator("#findings")).to_contain_text("Das ist keine Zeitangabe")
    shot(page, "item")
    page.get_by_label("Der Text, genau wie").fill(CALM)
    expect(page.locator("#findings")).not_to_contain_text("Das ist keine Zeitangabe")
    page.get_by_role("button", name="Freigeben").click()
    expect(page.locator(".undo")).to_contain_text("Ihre Antwort an Petra M.")
    expect(page.locator(".undo .count")).to_contain_text("geht in 5")
    shot(page, "approved")
    assert lively.rows(Approval)[0].text == CALM
    page.get_by_role("button", name="Zurücknehmen").click()
    expect(page.locator(".note")).to_contain_text("Zurückgenommen")
    assert lively.rows(Reply)[0].state == "cancelled"


def test_findings_follow_the_typing_and_a_better_wording_is_one_click_away(open_page: Open, lively: House) -> None:
    page = open_page("Ben")
    page.goto("/post/1")
    text = page.locator("#draft-text")
    text.press("Control+End")
    text.type(" Wir melden uns schnellstmöglich.")
    expect(page.locator("#findings")).to_contain_text("schnellstmöglich")
    page.locator("[data-old=zeitnah]").click()
    expect(text).not_to_have_value(ROUGH)
    assert "zeitnah" not in text.input_value()
    assert "schnellstmöglich" in text.input_value()
    assert page.url.endswith("/post/1")
    assert lively.draft_of(1).text == ROUGH


def test_a_finding_shows_its_place_in_the_text(open_page: Open) -> None:
    page = open_page("Ben")
    page.goto("/post/1")
    page.locator(".spot[data-words=zeitnah]").click()
    expect(page.locator("#draft-text")).to_be_focused()
    assert selected(page) == "zeitnah"


def test_the_place_is_found_behind_an_emoji_too(open_page: Open) -> None:
    page = open_page("Ben")
    page.goto("/post/1")
    page.locator("#draft-text").fill("🙂🙂 Wir melden uns schnellstmöglich bei Ihnen.")
    spot = page.locator("[data-words=schnellstmöglich]")
    spot.focus()
    page.keyboard.press("Enter")
    assert selected(page) == "schnellstmöglich"


def selected(page: Page) -> str:
    """What is marked in the editor."""
    text = "const text = document.querySelector('#draft-text');"
    return str(page.evaluate(f"() => {{ {text} return text.value.slice(text.selectionStart, text.selectionEnd); }}"))


def test_everything_works_without_javascript(open_page: Open, lively: House) -> None:
    page = open_page("Anna", java_script_enabled=False)
    page.goto("/?mood=critical")
    page.get_by_role("button", name="Zeigen").click()
    page.get_by_role("link", name="Petra M.").first.click()
    page.locator("[data-old=zeitnah]").click()
    expect(page.locator(".note")).to_contain_text("bessere Formulierung")
    page.locator("#draft-text").fill(CALM)
    page.get_by_role("button", name="Speichern").click()
    expect(page.locator("#draft-text")).to_have_value(CALM)
    page.get_by_role("button", name="Freigeben").click()
    expect(page.locator(".undo")).to_contain_text("geht raus")
    page.get_by_role("button", name="Zurücknehmen").click()
    assert lively.rows(Reply)[0].state == "cancelled"


def test_the_keyboard_alone_is_enough(open_page: Open, lively: House) -> None:
    page = open_page()
    page.goto("/")
    for key in ("j", "j", "k"):
        page.keyboard.press(key)
    expect(page.locator("#row-1 a")).to_be_focused()
    page.keyboard.press("o")
    page.wait_for_url("**/post/1")
    page.keyboard.press("e")
    expect(page.locator("#draft-text")).to_be_focused()
    page.keyboard.type("ja")
    page.keyboard.press("Escape")
    assert page.locator("#draft-text").input_value() == ROUGH + "ja"
    page.locator("#draft-text").fill(CALM)
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.locator(".undo")).to_be_visible()
    page.keyboard.press("u")
    expect(page.locator(".note")).to_contain_text("Zurückgenommen")
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Tasten")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_a_reading_is_corrected_by_one_click_and_no_typed_word_is_lost(
    open_page: Open, lively: House, script: bool
) -> None:
    page = open_page("Ben", java_script_enabled=script)
    page.goto("/post/1")
    shot(page, f"reading-{'script' if script else 'plain'}")
    page.locator("#draft-text").fill(CALM)
    page.get_by_role("button", name="Freundlich").click()
    page.wait_for_url("**/post/1?note=corrected_kept#reading")
    expect(page.locator("#reading")).to_contain_text("„Freundlich“ statt „Kritisch“: Ben")
    expect(page.get_by_role("button", name="Freundlich")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#draft-text")).to_have_value(CALM)
    expect(page.locator(".item-line .mood")).to_have_text("Freundlich")
    assert lively.draft_of(1).text == CALM


def test_a_reading_is_corrected_by_the_keyboard_alone(open_page: Open, lively: House) -> None:
    page = open_page("Ben")
    page.goto("/post/1")
    summary = page.get_by_text("Ein Risiko fehlt")
    summary.focus()
    page.keyboard.press("Enter")
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Betrugsvorwurf")).to_be_focused()
    shot(page, "reading-open")
    page.keyboard.press("Enter")
    expect(page.locator("#reading")).to_contain_text("„Betrugsvorwurf“ ergänzt: Ben")
    expect(page.locator("#reading")).to_be_focused()
    assert "fraud_accusation" in lively.rows(Correction)[0].label


def test_the_manual_outlet_copies_the_exact_text(open_page: Open, lively: House) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/post/3")
    page.get_by_role("button", name="Freigeben").click()
    page.get_by_role("button", name="Kopieren").click()
    expect(page.get_by_role("button", name="Kopiert")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == lively.rows(Approval)[0].text
    shot(page, "manual")
    page.get_by_role("button", name="Ich habe es veröffentlicht").click()
    expect(page.locator(".note")).to_contain_text("Danke")


def test_a_hostile_post_stays_text(open_page: Open) -> None:
    page = open_page()
    for path in ("/", "/post/4"):
        page.goto(path)
        expect(page.locator("main")).to_contain_text("<script>alert(1)</script>")
        expect(page.locator("main")).to_contain_text("U+202E")
        assert page.locator("main script, main img[src=x]").count() == 0


def test_the_queue_refreshes_by_itself_and_keeps_the_focus(open_page: Open, lively: House) -> None:
    page = open_page()
    page.goto("/")
    page.keyboard.press("j")
    lively.post(lively.source("Laden"), "Ganz neu hier.", author_id="neu", author_name="Nora Neu")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("#queue")).to_contain_text("Nora Neu")
    expect(page.locator("#row-1 a")).to_be_focused()


def test_hints_that_could_not_be_renewed_say_so_until_they_are(open_page: Open, lively: House) -> None:
    page = open_page("Ben")
    page.goto("/post/1")
    text, stale = page.locator("#draft-text"), page.locator("#unchecked")
    page.route("**/check", lambda route: route.fulfill(status=401, body="<script>x</script>"))
    text.press("End")
    text.type(" Ja.")
    expect(stale).to_be_visible()
    expect(page.locator("#findings")).to_contain_text("zeitnah")
    page.unroute("**/check")
    page.route("**/check", lambda route: route.abort())
    text.type(" Nein.")
    expect(stale).to_be_visible()
    page.unroute("**/check")
    text.fill(CALM)
    expect(page.locator("#findings")).not_to_contain_text("zeitnah")
    expect(stale).to_be_hidden()


def test_markup_from_anywhere_but_the_one_policy_is_refused(open_page: Open) -> None:
    page = open_page(watched=False)
    page.goto("/help")
    refused = page.evaluate(
        """() => [
            () => trustedTypes.createPolicy('gelassen', { createHTML: (s) => s }),
            () => trustedTypes.createPolicy('other', { createHTML: (s) => s }),
            () => { document.body.innerHTML = '<b>x</b>'; },
        ].map((sink) => { try { sink(); return 'ran'; } catch { return 'refused'; } })"""
    )
    assert refused == ["refused"] * 3


PATHS = ("/", "/post/1", "/post/2", "/post/4", "/sources", "/status", "/account", "/help", "/?tab=closed")


def test_no_page_scrolls_sideways(open_page: Open) -> None:
    page = open_page("Anna")
    for path in PATHS:
        page.goto(path)
        for width in (1280, 768, 360):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_pictures_of_the_daily_pages_can_be_looked_at(open_page: Open, scheme: str, width: int) -> None:
    page = open_page("Anna", width, 800, color_scheme=scheme)
    for path in ("/", "/post/1", "/sources", "/status"):
        page.goto(path)
        name = f"{scheme}-{width}-{path.strip('/').replace('/', '-') or 'inbox'}"
        shot(page, name)
        assert (SHOTS / f"{name}.png").stat().st_size > 5_000


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("light", 360), ("dark", 360)])
def test_sources_in_trouble_can_be_looked_at_and_read(open_page: Open, lively: House, scheme: str, width: int) -> None:
    fall_ill(lively)
    page = open_page("Ada", width, 800, color_scheme=scheme)
    page.goto("/sources")
    expect(page.get_by_role("link", name="1 Quelle braucht Aufmerksamkeit")).to_be_visible()
    shot(page, f"ill-{scheme}-{width}-sources")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CONTRAST) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_is_readable(open_page: Open, scheme: str) -> None:
    """Contrast of at least 4.5 to 1 between text and the nearest background behind it."""
    page = open_page("Anna", color_scheme=scheme)
    for path in ("/", "/post/1", "/status", "/account", "/help"):
        page.goto(path)
        assert page.evaluate(CONTRAST) == [], path


CONTRAST = """() => {
  const rgb = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = rgb(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility() || element.closest(".skip, option, noscript")) continue;
    const [a, b] = [light(rgb(getComputedStyle(element).color)), light(behind(element))].sort((x, y) => y - x);
    const contrast = (a + 0.05) / (b + 0.05);
    if (contrast < 4.5) poor.push(`${element.textContent.trim().slice(0, 30)}: ${contrast.toFixed(2)}`);
  }
  return poor;
}"""
