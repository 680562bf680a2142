"""From an address to a source: what is found there, what is chosen, and what is told about the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from crawler.barred import INSTEAD, barred
from crawler.kind import Claim
from crawler.kinds import KINDS, SOCIAL, claims
from crawler.recognise import examine, examine_stored
from crawler.run import Crawler
from crawler.signs import Sign
from crawler.spiders.scout import Found
from tests.spiders.blog import Blog
from tests.spiders.conftest import QUICK, local
from tests.spiders.markup import block, page, review
from tests.spiders.site import Answer, Site

Scout = Callable[[str], Found]
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Kommentare</title>{}</channel></rss>"""
ITEM = "<item><guid>{0}</guid><title>t</title><description>Meinung {0}</description></item>"


@pytest.fixture
def scout(run: Callable[[Any], Any]) -> Scout:
    def examine_now(address: str) -> Found:
        found: Found = run(examine(Crawler(QUICK), local(address, "", max_pages=1)))
        return found

    return examine_now


def test_a_page_with_review_markup(site: Site, scout: Scout) -> None:
    site["/sessel"] = page(*(review(number) for number in range(8)))
    found = scout(f"{site.url}/sessel")
    assert (found.kind, found.address, len(found.sample)) == ("schema_org", f"{site.url}/sessel", 5)
    assert "what will be watched" in found.notes[0]


def test_a_wordpress_site_from_its_front_page(site: Site, scout: Scout) -> None:
    blog = Blog(site)
    blog.write("Danke!", "Rosi", user=1, parent=blog.write("Kalt."))
    found = scout(f"{site.url}/")
    assert (found.kind, found.settings) == ("wordpress", {"api": blog.api, "own_ids": [1]})
    assert [post.text for post in found.sample] == ["Kalt."]
    assert "Comments by Rosi count as answers of the business." in found.notes


def test_a_wordpress_site_by_its_link_element(site: Site, scout: Scout) -> None:
    blog = Blog(site)
    blog.write("Kalt.")
    site["/"] = '<html><head><link rel="https://api.w.org/" href="/wp-json/"></head></html>'
    assert scout(f"{site.url}/").settings["api"] == blog.api


def test_one_post_of_a_wordpress_site(site: Site, scout: Scout) -> None:
    blog = Blog(site)
    blog.write("Kalt.")
    links = (
        f'<{blog.api}>; rel="https://api.w.org/", <{blog.api}wp/v2/posts/4>; rel="alternate"; type="application/json"'
    )
    site["/stimmen/"] = Answer("<html></html>", headers={"Link": links})
    assert scout(f"{site.url}/stimmen/").settings["post"] == 4


def test_a_wordpress_site_without_comments_yet_is_still_one(site: Site, scout: Scout) -> None:
    Blog(site)
    found = scout(f"{site.url}/")
    assert found.kind == "wordpress"
    assert any("no posts yet" in note for note in found.notes)


def test_review_markup_comes_before_wordpress_and_the_rest_is_told(site: Site, scout: Scout) -> None:
    blog = Blog(site)
    site["/"] = Answer(page(review(1)), headers={"Link": f'<{blog.api}>; rel="https://api.w.org/"'})
    found = scout(f"{site.url}/")
    assert found.kind == "schema_org"
    assert any("Also there, but left: WordPress comments" in note for note in found.notes)


def test_a_wordpress_with_a_closed_api_falls_back_to_its_comment_feed(site: Site, scout: Scout) -> None:
    blog = Blog(site)
    site.pages["/wp-json/wp/v2/comments?"] = Answer('{"code":"rest_forbidden"}', 403)
    alternate = '<link rel="alternate" type="application/rss+xml" title="{}" href="{}">'
    head = alternate.format("Beiträge", "/feed/") + alternate.format("Kommentare", "/comments/feed/")
    site["/"] = Answer(f"<html><head>{head}</head></html>", headers={"Link": f'<{blog.api}>; rel="https://api.w.org/"'})
    site["/comments/feed/"] = FEED.format(ITEM.format(1))
    found = scout(f"{site.url}/")
    assert (found.kind, found.address) == ("feed", f"{site.url}/comments/feed/")
    assert any("403" in note for note in found.notes)


def test_a_feed_by_its_content(site: Site, scout: Scout) -> None:
    site["/neu"] = FEED.format(ITEM.format(1) + ITEM.format(2))
    found = scout(f"{site.url}/neu")
    assert (found.kind, len(found.sample)) == ("feed", 2)


def test_the_comment_api_itself(site: Site, scout: Scout) -> None:
    blog = Blog(site)
    blog.write("Kalt.")
    found = scout(f"{blog.api}wp/v2/comments?per_page=5")
    assert (found.kind, found.settings["api"]) == ("wordpress", blog.api)


def test_nothing_readable_is_said_plainly(site: Site, scout: Scout) -> None:
    site["/"] = "<html><p>Willkommen</p></html>"
    found = scout(f"{site.url}/")
    assert found.sample == []
    assert "Nothing on" in found.problem


def test_a_broken_block_is_told_while_the_rest_is_read(site: Site, scout: Scout) -> None:
    site["/"] = block("{kaputt") + page(review(1))
    found = scout(f"{site.url}/")
    assert found.kind == "schema_org"
    assert any("block 1" in note for note in found.notes)


def test_an_unreachable_address_is_said_plainly(scout: Scout) -> None:
    problem = scout("http://gibt-es-nicht.invalid/").problem
    assert "http://gibt-es-nicht.invalid/ cannot be found" in problem


@pytest.mark.parametrize(
    "address",
    [
        "https://www.facebook.com/moebelhaus/reviews", "facebook.com/moebelhaus", "https://www.kununu.com/de/lindner",
        "https://www.jameda.de/wien/dr-huber", "https://www.holidaycheck.at/hi/hotel/1", "https://www.tripadvisor.co.uk/x",
        "https://www.google.com/maps/place/Lindner", "https://maps.app.goo.gl/AbC", "https://x.com/lindner/status/1",
        "https://www.google.de/search?q=lindner", "https://share.google/AbC", "https://www.amazon.de/dp/B00",
        "https://www.ebay.de/usr/lindner", "https://www.airbnb.de/rooms/1", "https://www.glassdoor.de/Reviews/x",
        "https://de.indeed.com/cmp/lindner", "https://www.xing.com/pages/lindner", "https://www.tiktok.com/@lindner",
        "https://www.threads.com/@lindner",
    ],
)  # fmt: skip
def test_a_place_without_a_way_in_is_named_and_never_asked(address: str, scout: Scout) -> None:
    found = scout(address)
    assert "gelassen import" in found.problem
    assert (found.sample, found.notes) == ([], [])


@pytest.mark.parametrize(
    "address",
    ["https://facebook.com.laden.example/", "https://xx.com/", "https://www.google.com/", "https://meinamazon.de/"],
)
def test_a_place_that_only_looks_like_one_of_them_is_not_barred(address: str) -> None:
    assert barred(address) == ""


def test_a_named_kind_is_the_only_one_considered(site: Site, run: Callable[[Any], Any]) -> None:
    blog = Blog(site)
    blog.write("Kalt.")
    site["/"] = Answer(page(review(1)), headers={"Link": f'<{blog.api}>; rel="https://api.w.org/"'})
    found = run(examine(Crawler(QUICK), local(f"{site.url}/", "wordpress", max_pages=1)))
    assert (found.kind, [post.text for post in found.sample]) == ("wordpress", ["Kalt."])


def test_a_sign_reads_an_address_and_its_parts() -> None:
    sign = Sign(r"(?:https://)?laden\.example/(?P<shop>\w+)(?:/.*)?", "https://laden.example/{shop}")
    assert sign.read("LADEN.example/wien/angebot") == ("https://laden.example/wien", {"shop": "wien"})
    assert sign.read("https://boese.example/?x=laden.example/wien") is None


@pytest.mark.parametrize(
    ("pasted", "address", "key", "value"),
    [
        ("@laden@chaos.example", "https://chaos.example/@laden", "account", "laden"),
        ("https://chaos.example/@laden", "https://chaos.example/@laden", "account", "laden"),
        ("chaos.example/@laden_nord/", "https://chaos.example/@laden_nord", "account", "laden_nord"),
        ("https://heim.example/@laden@chaos.example", "https://chaos.example/@laden", "account", "laden"),
        ("#CaféNord@chaos.example", "https://chaos.example/tags/CaféNord", "tag", "CaféNord"),
        ("https://chaos.example/tags/Caf%C3%A9", "https://chaos.example/tags/Caf%C3%A9", "tag", "Caf%C3%A9"),
        ("mastodon://chaos.example/search?q=Café Nord",) * 2 + ("query", "Café Nord"),
    ],
)
def test_a_place_on_mastodon_by_what_is_pasted(pasted: str, address: str, key: str, value: str) -> None:
    expected = Claim("mastodon", address, SOCIAL | {"server": "chaos.example", key: value})
    assert (claims(pasted), claims(address)) == ([expected], [expected])


@pytest.mark.parametrize(
    ("pasted", "account"),
    [
        ("laden.bsky.social", "laden.bsky.social"), ("@laden.bsky.social", "laden.bsky.social"),
        ("https://laden.bsky.social/", "laden.bsky.social"), ("@cafe-nord.example", "cafe-nord.example"),
        ("https://bsky.app/profile/cafe-nord.example", "cafe-nord.example"),
        ("bsky.app/profile/laden.bsky.social/", "laden.bsky.social"), ("at://laden.bsky.social", "laden.bsky.social"),
        ("https://bsky.app/profile/did:plc:ri7nnotfojtfmg2vxwljpo5c", "did:plc:ri7nnotfojtfmg2vxwljpo5c"),
        ("at://did:plc:ri7nnotfojtfmg2vxwljpo5c", "did:plc:ri7nnotfojtfmg2vxwljpo5c"),
    ],
)  # fmt: skip
def test_an_account_on_bluesky_by_what_is_pasted(pasted: str, account: str) -> None:
    address = f"https://bsky.app/profile/{account}"
    assert claims(pasted) == [Claim("bluesky", address, SOCIAL | {"account": account})]
    assert claims(address) == [Claim("bluesky", address, SOCIAL | {"account": account})]


def test_a_search_on_bluesky_by_what_is_pasted() -> None:
    address = "https://bsky.app/search?q=Caf%C3%A9+Nord"
    assert claims(address) == [Claim("bluesky", address, SOCIAL | {"query": "Caf%C3%A9+Nord"})]


@pytest.mark.parametrize(
    "pasted",
    [
        "laden@chaos.example", "laden", "https://chaos.example/", "https://chaos.example/@laden/117020577157693549",
        "https://www.youtube.com/@laden", "https://medium.com/@laden", "https://www.threads.net/@laden",
        "https://www.tiktok.com/@laden", "https://chaos.example/tags/kaffee/", "#kaffee", "https://bsky.app/",
        "https://bsky.app/profile/laden.bsky.social/post/3n2uofuz2ys2l", "https://bsky.app.boese.example/profile/a.example",
        "https://bsky.social/", "https://chaos.example/search?q=laden", "@laden", "https://laden.example/?x=@a@b.example",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_social_network_is_left_to_others(pasted: str) -> None:
    assert not {"mastodon", "bluesky"} & {claim.kind for claim in claims(pasted)}


def test_every_kind_can_be_loaded() -> None:
    assert {kind.load().name for kind in KINDS.values()} == set(KINDS)


def test_a_page_with_nothing_but_an_average_says_what_stands_there(site: Site, scout: Scout) -> None:
    site["/"] = page(total=128)
    found = scout(f"{site.url}/")
    assert found.problem
    assert "an average of 128 ratings without the reviews" in str(found.lines[0])


def test_what_is_read_is_told_part_by_part(site: Site, scout: Scout) -> None:
    site["/"] = block("{kaputt") + page(review(1), review(2))
    told = [str(line) for line in scout(f"{site.url}/").lines]
    assert told[1] == "JSON-LD block 2: 2 read"
    assert told[0].startswith("JSON-LD block 1: left: broken")


def test_a_json_feed_is_a_feed(site: Site, scout: Scout) -> None:
    entry = '{"id":"1","content_text":"Kalt."}'
    body = f'{{"version":"https://jsonfeed.org/version/1.1","items":[{entry}]}}'
    site["/stimmen"] = Answer(body, headers={"Content-Type": "application/feed+json"})
    assert scout(f"{site.url}/stimmen").kind == "feed"
    site["/"] = '<html><head><link rel="alternate" type="application/feed+json" href="/stimmen"></head></html>'
    found = scout(f"{site.url}/")
    assert (found.kind, found.address, [post.text for post in found.sample]) == (
        "feed",
        f"{site.url}/stimmen",
        ["Kalt."],
    )


# something else stands there


LOGIN = "<html><head><title>Anmelden</title></head><body><input type='password'></body></html>"
CAPTCHA = "<html><head><title>Just a moment...</title></head><body></body></html>"
SHELL = "<html><body><div id='root'></div><script src='/app.js'></script></body></html>"
OFFERED = "<link rel='alternate' type='application/rss+xml' href='/feed.xml'>"
WALLS = [(LOGIN, "shows a login page"), (CAPTCHA, "wants proof of a human being"), (SHELL, "sends an empty page")]


@pytest.mark.parametrize(("body", "words"), WALLS, ids=["login", "captcha", "shell"])
def test_a_wall_is_told_with_another_way_in(site: Site, scout: Scout, body: str, words: str) -> None:
    site["/stimmen"] = body
    found = scout(f"{site.url}/stimmen")
    assert found.problem.startswith(f"{site.url}/stimmen {words}")
    assert found.notes == [INSTEAD]


def test_a_page_that_leads_to_a_login_is_told_under_the_address_that_was_pasted(site: Site, scout: Scout) -> None:
    site["/stimmen"] = Answer("", 302, {"Location": f"{site.url}/konto/anmelden"})
    site["/konto/anmelden"] = "<html><p>Willkommen im Kundenbereich.</p></html>"
    assert scout(f"{site.url}/stimmen").problem.startswith(f"{site.url}/stimmen shows a login page")


@pytest.mark.parametrize("status", [401, 403])
def test_a_place_for_some_people_only_is_told_with_another_way_in(site: Site, scout: Scout, status: int) -> None:
    site["/stimmen"] = Answer(CAPTCHA, status)
    found = scout(f"{site.url}/stimmen")
    assert f"({status})" in found.problem
    assert found.notes == [INSTEAD]


def test_a_wall_is_told_although_the_page_offers_a_feed(site: Site, scout: Scout) -> None:
    site["/stimmen"] = SHELL.replace("<body>", f"<head>{OFFERED}</head><body>")
    site["/feed.xml"] = FEED.format(ITEM.format(1))
    found = scout(f"{site.url}/stimmen")
    assert (found.kind, found.problem, len(found.sample)) == ("feed", "", 1)
    assert any("sends an empty page" in note for note in found.notes)
    assert INSTEAD in found.notes


@pytest.mark.parametrize(("body", "_words"), WALLS, ids=["login", "captcha", "shell"])
def test_a_page_that_shows_posts_is_no_wall(site: Site, scout: Scout, body: str, _words: str) -> None:
    site["/stimmen"] = body.replace("</body>", page(review(1)) + "</body>")
    found = scout(f"{site.url}/stimmen")
    assert (found.kind, found.problem) == ("schema_org", "")
    assert INSTEAD not in found.notes


def test_a_shell_whose_program_is_known_is_read_through_its_interface(site: Site, scout: Scout) -> None:
    blog = Blog(site)
    blog.write("Kalt.")
    site["/"] = Answer(SHELL, headers={"Link": f'<{blog.api}>; rel="https://api.w.org/"'})
    found = scout(f"{site.url}/")
    assert (found.kind, len(found.sample)) == ("wordpress", 1)
    assert INSTEAD not in found.notes


def test_a_stored_source_behind_a_wall_is_told_with_another_way_in(site: Site, run: Callable[[Any], Any]) -> None:
    site["/stimmen"] = LOGIN
    found = run(examine_stored(Crawler(QUICK), local(f"{site.url}/stimmen")))
    assert "shows a login page" in found.problem
    assert INSTEAD in found.notes
