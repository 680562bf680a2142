"""Reviews that only their looks tell: each builder's manner is read whole, and what merely looks so is left."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from crawler.items import Post
from crawler.pages import schema_org

URL = "https://tischlerei-sommer.example/stimmen"
ONE = "Der Schrank passt auf den Millimeter, und geliefert wurde am vereinbarten Tag."
TWO = "Drei Wochen Verspätung ohne ein Wort dazu. Das Ergebnis ist aber schön geworden."
THREE = "Freundlich am Telefon, sauber auf der Baustelle. Wir kommen wieder."
WHO = ("Anna S.", "Jörg Brandt", "Familie Öztürk")
TEXTS = (ONE, TWO, THREE)


def posts(body: str, title: str = "") -> list[Post]:
    return schema_org.read(f"<html lang=de><body>{title}<main>{body}</main></body></html>".encode(), URL).posts


def cards(pattern: str, *, within: str = "{}", number: int = 3) -> str:
    items = (pattern.replace("TEXT", TEXTS[at]).replace("WHO", WHO[at]).replace("AT", str(at)) for at in range(number))
    return within.replace("{}", "".join(items))


MANNERS = {
    "Jimdo": cards(
        '<div class="j-module j-text"><p>„TEXT“</p><p>– WHO</p></div>',
        within="<h2>Das sagen unsere Kunden</h2><div>{}</div>",
    ),
    "Wix": cards(
        '<div class="comp-AT"><p><span>"TEXT"</span></p><h3>WHO</h3><div aria-label="5 von 5 Sternen"></div></div>',
        within='<h2>Kundenbewertungen</h2><div class="repeater">{}</div>',
    ),
    "WordPress testimonials": cards(
        '<div class="testimonial-item post-AT"><div class="testimonial-content"><p>TEXT</p></div>'
        '<div class="testimonial-author">WHO</div></div>'
    ),
    "WordPress comments": cards(
        '<li class="comment even depth-1" id="comment-AT"><article class="comment-body"><footer class="comment-meta">'
        '<div class="comment-author vcard"><b class="fn">WHO</b> <span class="says">sagt:</span></div></footer>'
        '<div class="comment-content"><p>TEXT</p></div><div class="reply">'
        '<a href="#r">Antworten</a></div></article></li>',
        within='<ol class="comment-list">{}</ol>',
    ),
    "Elementor": cards(
        '<section class="elementor-section elementor-element-AT"><div class="elementor-text-editor"><p>TEXT</p></div>'
        '<div class="elementor-star-rating" title="5/5"></div><h5 class="elementor-heading-title">WHO</h5></section>',
        within="<h1>Testimonials</h1><div>{}</div>",
    ),
    "Bootstrap": cards(
        '<div class="col-md-4 mb-AT"><div class="card"><div class="card-body"><p class="card-text">TEXT</p>'
        '<footer class="blockquote-footer">WHO</footer></div></div></div>',
        within='<section id="bewertungen"><div class="row">{}</div></section>',
    ),
    "carousel": cards(
        '<div class="item"><div class="testimonial-box"><p class="description">TEXT</p>'
        '<h4 class="name">WHO</h4></div></div>',
        within='<div class="owl-carousel">{}</div>',
    ),
    "table": cards(
        '<tr><td class="name">WHO</td><td>TEXT</td></tr>', within='<table class="gaestebuch"><tbody>{}</tbody></table>'
    ),
    "blockquote with footer": cards(
        "<blockquote><p>TEXT</p><footer>— WHO</footer></blockquote>", within="<h2>Kundenstimmen</h2><div>{}</div>"
    ),
    "blockquote with cite": cards(
        "<blockquote>TEXT <cite>WHO</cite></blockquote>", within="<h2>Was unsere Kunden sagen</h2><div>{}</div>"
    ),
    "figure": cards(
        "<figure><blockquote>„TEXT“</blockquote><figcaption>WHO</figcaption></figure>", within="<h2>Erfahrungen</h2>{}"
    ),
    "list": cards("<li>»TEXT«<br>– WHO</li>", within="<h3>Stimmen unserer Gäste</h3><ul>{}</ul>"),
    "own classes": cards(
        '<article class="rvcard"><div class="rvtop"><span class="rvauthor">WHO</span></div>'
        '<div role="img" aria-label="5 étoiles sur 5">★★★★★</div><p class="rvtext">« TEXT »</p></article>',
        within="<h1>Avis clients</h1><div>{}</div>",
    ),
    "s9y": cards(
        '<div class="serendipity_comment" id="cAT"><div class="serendipity_commentBody">TEXT</div>'
        '<div class="comment_source"><a class="comment_source_author" href="https://a.example/">WHO</a></div></div>',
        within='<div class="serendipity_comments">{}</div>',
    ).replace("comment_source", "comment_by"),
    "Joomla": cards(
        '<li><span class="commentAuthorName">WHO</span><p>TEXT</p></li>',
        within='<div class="itemComments"><ul class="itemCommentsList">{}</ul></div>',
    ),
    "guestbook script": cards(
        '<div class="gb_entry"><div class="gb_head"><strong class="gb_name">WHO</strong></div><p>TEXT</p></div>',
        within='<div id="guestbook">{}</div>',
    ),
    "name in the header": cards(
        '<div class="bewertung"><header><strong>WHO</strong> <span>★★★★★</span></header><p>TEXT</p></div>'
    ),
    "icons": cards(
        '<div class="box"><i class="fas fa-star"></i><i class="fas fa-star"></i><i class="far fa-star"></i>'
        "<p>TEXT</p><h5>WHO</h5></div>",
        within='<section class="reviews">{}</section>',
    ),
    "long and short": cards(
        '<div class="review-entry"><span class="author">WHO</span><span class="snippet">Der ...</span><div>TEXT</div>'
        '<a href="#" class="more">Mehr lesen</a></div>'
    ),
    "Polish": cards(
        '<div class="opinia"><p>TEXT</p><p class="autor">WHO</p></div>', within="<h2>Opinie</h2><div>{}</div>"
    ),
    "Italian": cards(
        '<div class="recensione"><p>TEXT</p><span class="autore">WHO</span></div>',
        within="<h2>Recensioni</h2><div>{}</div>",
    ),
    "Dutch": cards(
        '<div class="quote"><p>TEXT</p><cite>WHO</cite></div>', within="<h2>Ervaringen van klanten</h2><div>{}</div>"
    ),
    "Spanish": cards(
        '<div class="opinion"><p>TEXT</p><p class="cliente-nombre author">WHO</p></div>', within="<h2>Opiniones</h2>{}"
    ),
    "Russian": cards(
        '<div class="item"><p>TEXT</p><cite>WHO</cite></div>', within="<h2>Отзывы клиентов</h2><div>{}</div>"
    ),
    "rows of two": cards(
        '<div class="row"><div class="col-6"><p class="kursiv">TEXT</p><p>- WHO</p></div></div>',
        within="<h2>Das sagen Gäste</h2><div>{}</div>",
    ),
}


@pytest.mark.parametrize("manner", MANNERS)
def test_each_builders_manner_is_read_whole(manner: str) -> None:
    found = posts(MANNERS[manner])

    assert [(post.author_name, post.text) for post in found] == list(zip(WHO, TEXTS, strict=True))


OTHER_THINGS = {
    "products": cards('<div class="review-product"><h3>WHO</h3><p>TEXT</p>★★★★★<span>49,90 €</span></div>'),
    "shop": cards('<li class="product"><h2>WHO</h2><p>TEXT</p><div class="stars">★★★★☆</div><b>19,00 €</b></li>'),
    "teasers": cards(
        '<article class="post"><h2><a href="/b/AT">WHO</a></h2><p class="author">WHO</p><p>TEXT</p>'
        '<a href="/b/AT">Weiterlesen</a></article>',
        within="<h1>Erfahrungen</h1><div>{}</div>",
    ),
    "questions": cards(
        '<div class="faq-item"><h3>Wie lange dauert es?</h3><p>TEXT</p></div>',
        within="<h2>Bewertungen</h2><div>{}</div>",
    ),
    "team": cards(
        '<div class="team-member"><h4 class="name">WHO</h4><p>TEXT</p></div>', within="<h2>Unser Team</h2><div>{}</div>"
    ),
    "team under stars": cards(
        '<div class="team"><h4 class="name">WHO</h4><p>TEXT</p></div>', within="<h2>Kundenstimmen und Team</h2>{}"
    ),
    "prices": cards(
        '<div class="pricing"><h4>WHO</h4><p>TEXT</p><b>99 €</b></div>', within="<h2>Testimonials</h2><div>{}</div>"
    ),
    "features": cards('<div class="feature"><h3>WHO</h3><p>TEXT</p></div>', within="<h2>Feedback</h2><div>{}</div>"),
    "steps": cards(
        '<li class="step"><strong>WHO</strong><p>TEXT</p></li>', within="<h2>Bewertung abgeben</h2><ol>{}</ol>"
    ),
    "advice": cards(
        '<article class="card"><h3>WHO</h3><p>TEXT</p></article>', within="<h1>Erfahrungen</h1><div>{}</div>"
    ),
    "plain paragraphs": cards("<p>TEXT</p>", within="<h1>Rezensionen</h1><div>{}</div>"),
    "links to portals": cards(
        '<div class="bewertung-karte"><div>★★★★★</div><h3>Google-Profil</h3><p>TEXT</p></div>', number=2
    )
    .replace(ONE, "4,8 von 5 bei 120 Bewertungen")
    .replace(TWO, "35 Bewertungen bei uns"),
    "summary": '<div class="reviews-summary"><b class="name">Uwe</b> ★★★★★ '
    "<p>Alle Rezensionen stehen bei Google.</p></div>",
    "placeholders": cards(
        '<div class="testimonial"><p>Lorem ipsum dolor sit amet, consetetur sadipscing elitr.</p><cite>WHO</cite></div>'
    ),
    "template of a program": cards('<div class="review"><p>{{ review.text }} und mehr davon</p><cite>WHO</cite></div>'),
    "form": '<form class="review"><label class="name">Name</label><p>Bitte schreiben Sie uns, wie es war.</p></form>',
    "editor's tests": cards(
        '<div class="review-card"><div class="product-name">WHO</div><div aria-label="4 von 5"></div><p>TEXT</p>'
        '<p class="verdict">Gut</p></div>'
    ),
    "article by the staff": '<p class="review-meta"><span aria-label="4,6 von 5"></span> '
    '<a class="author" href="/autoren/marie/">Marie</a> <span>Getestet in vier Wochen Arbeit.</span></p>',
    "news": cards('<div class="news"><span class="date">1.2.2026</span><h3>WHO</h3><p>TEXT</p></div>'),
    "navigation": cards('<nav><ul><li class="review"><a class="author">WHO</a> TEXT</li></ul></nav>'),
    "services": cards(
        '<div class="service"><h4>WHO</h4><p>TEXT</p></div>', within="<h2>Kundenstimmen</h2><div>{}</div>"
    ),
    "latest comments": cards(
        '<li class="recentcomments"><span class="comment-author-link">WHO</span> bei <a href="#">TEXT</a></li>'
    ),
    "gallery": cards('<figure><img alt="TEXT"><figcaption>WHO</figcaption></figure>', within="<h2>Stimmen</h2>{}"),
    "dates": cards(
        '<div class="item"><b>WHO</b><span>12.05.2026</span></div>', within="<h2>Bewertungen</h2><div>{}</div>"
    ),
    "nothing about reviews": cards(
        "<blockquote><p>TEXT</p><footer>WHO</footer></blockquote>", within="<h2>Literatur</h2>{}"
    ),
}


@pytest.mark.parametrize("thing", OTHER_THINGS)
def test_what_merely_looks_so_is_left(thing: str) -> None:
    assert posts(OTHER_THINGS[thing]) == []


STARS = {
    "characters": ("★★★★☆", 4),
    "a label": ('<span aria-label="3 von 5 Sternen"></span>', 3),
    "a Polish label": ('<span aria-label="Ocena 4 na 5"></span>', 4),
    "a picture": ('<img alt="2 stars" src="s.png">', 2),
    "a class in tenths": ('<div class="rating-static rating-45"></div>', 4.5),
    "a class": ('<div class="stars-4"></div>', 4),
    "a width": ('<div class="star-rating"><span style="width:80%"></span></div>', 4),
    "icons with a half": ('<i class="fa fa-star"></i>' * 3 + '<i class="fa fa-star-half"></i>', 3.5),
    "icons, empty ones too": ('<i class="fas fa-star"></i>' * 2 + '<i class="far fa-star"></i>' * 3, 2),
    "single characters": ('<b class="on">★</b>' * 4 + "<b>★</b>", 4),
}


@pytest.mark.parametrize("how", STARS)
def test_stars_are_counted_as_they_are_drawn(how: str) -> None:
    drawn, number = STARS[how]

    (post, _) = posts(cards(f'<div class="review">{drawn}<p>TEXT</p><p class="author">WHO</p></div>', number=2))

    assert (post.rating, post.rating_best) == (number, 5)


@pytest.mark.parametrize("written", ["12.05.2026", "2026-05-12", "12. Mai 2026", "May 12, 2026"])
def test_the_day_is_told_where_it_stands(written: str) -> None:
    (post, _) = posts(
        cards(f'<div class="review"><b class="author">WHO</b><i>{written}</i><p>TEXT</p></div>', number=2)
    )

    assert post.created_at == datetime(2026, 5, 12, tzinfo=UTC)


def test_one_alone_is_read_only_if_its_own_class_says_review() -> None:
    alone = "<p>TEXT</p><p class=author>WHO</p></div>"

    assert len(posts(cards(f'<div class="testimonial">{alone}', number=1))) == 1
    assert posts(cards(f'<h2>Kundenstimmen</h2><div class="box">{alone}', number=1)) == []


def test_an_answer_below_a_comment_is_a_post_of_its_own_text() -> None:
    inner = f'<ul><li class="comment"><b class="fn">Jörg Brandt</b><p>{TWO}</p></li></ul>'
    outer = f'<ol><li class="comment"><b class="fn">Anna S.</b><p>{ONE}</p>{inner}</li></ol>'

    assert [(post.author_name, post.text) for post in posts(outer)] == [("Anna S.", ONE), ("Jörg Brandt", TWO)]


def test_the_answer_of_the_business_hangs_under_the_review() -> None:
    answer = '<div class="owner-response"><p>Danke, das freut uns sehr.</p></div>'

    (post, _) = posts(cards(f'<div class="review"><p class="author">WHO</p><p>TEXT</p>{answer}</div>', number=2))

    assert [reply.text for reply in post.owner_replies] == ["Danke, das freut uns sehr."]
    assert post.text == ONE


def test_cards_are_not_looked_for_beside_reviews_that_are_marked_up() -> None:
    marked = (
        '<div itemscope itemtype="https://schema.org/Review"><p itemprop="reviewBody">Gerne wieder bei euch.</p>'
        '<span itemprop="author">Uwe</span></div>'
    )

    assert [post.text for post in posts(marked + MANNERS["carousel"])] == ["Gerne wieder bei euch."]


def test_the_head_of_a_card_with_name_and_stars_is_no_post_beside_it() -> None:
    page = cards(
        '<div class="review"><div class="head"><h3>Sehr schöner Schrank geworden.</h3>'
        '<b class="author">WHO</b>★★★★★</div>'
        '<div class="body"><h3>Sehr schöner Schrank geworden.</h3><b class="author">WHO</b><p>TEXT</p></div></div>'
    )

    assert [post.text for post in posts(page)] == list(TEXTS)


def test_the_report_says_that_looks_told_and_how_surely() -> None:
    def told(manner: str) -> list[str]:
        page = f"<html><body>{MANNERS[manner]}</body></html>"
        return [str(line) for line in schema_org.read(page.encode(), URL).report]

    assert told("WordPress testimonials") == ["cards (by their looks, sure): 3 read"]
    assert told("list") == ["cards (by their looks, likely): 3 read"]


@pytest.mark.parametrize(
    "page",
    [
        "<div class=review><p>Das war wirklich gut gemacht.</p><b class=author>Uwe</b></div>" * 20_000,
        "<div class=review>" * 400 + "Das war wirklich gut. <b class=author>Uwe</b>" + "</div>" * 400,
        ("<div class=review>" * 100 + "Gut war es, ja. <cite>Uwe</cite>" + "</div>" * 100) * 500,
        "<h2>Bewertungen</h2>" + "<ul><li>★★★★★ Das war gut.<br>– Uwe</li></ul>" * 20_000,
        "<div class=review><p>" + "von von " * 200_000 + "</p></div>" * 3,
        "<div class=review><p>" + "★" * 1_000_000 + "</p><b class=author>Uwe</b></div>" * 3,
        f'<div class="review {"a-" * 20_000}"><p>Das war wirklich gut.</p></div>' * 3,
    ],
    ids=["many", "deep", "deep and many", "lists", "long", "stars", "class"],
)
def test_no_page_of_cards_costs_more_than_five_seconds(page: str) -> None:
    started = time.process_time()
    schema_org.read(page.encode(), URL)

    assert time.process_time() - started < 5


def test_a_card_cut_short_for_small_screens_tells_nothing_new() -> None:
    wide = cards('<div class="review"><p>TEXT</p><b class="author">WHO</b></div>')
    narrow = (
        wide.replace("vereinbarten Tag.", "… Read more")
        .replace("schön geworden.", "…")
        .replace("kommen wieder.", "...")
    )
    read = posts(f'<div class="reviews">{wide}</div><div class="reviews slider">{narrow}</div>')
    assert sorted(post.text for post in read) == sorted(TEXTS)


def test_what_the_team_signs_is_no_review() -> None:
    ours = (
        '<div class="review"><p>Über 100 zufriedene Kunden vertrauen uns.</p><b class="author">Ihr Glanz Team</b></div>'
    )
    assert [
        post.text for post in posts(cards('<div class="review"><p>TEXT</p><b class="author">WHO</b></div>') + ours)
    ] == [*TEXTS]
