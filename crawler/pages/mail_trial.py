"""What the rules make of a mail that somebody has saved, step by step, for whoever writes or mends a rule."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from crawler.items import Post
from crawler.pages.mail import MailRead, find_review, read
from crawler.pages.mail_links import review_links
from crawler.pages.mail_parts import Mail, take_apart
from crawler.pages.mail_proof import doubt
from crawler.pages.mail_review import NoReview, Review, seen
from crawler.pages.mail_rules import Rule, RuleSet, rule_for

SHOWN = 40
"""Lines of a mail that are shown as the patterns see them."""


def try_out(body: bytes, rules: RuleSet, authserv: str = "") -> MailRead:
    """The mail read as in a mailbox, with all steps in the notes. Never raises for bad content."""
    mail, result = take_apart(body), read(body, authserv=authserv, rules=rules.rules)
    rule = rule_for(rules.rules, mail.local, mail.domain)
    trouble = [rules.trouble] if rules.trouble else []
    result.notes = [*trouble, *(_by_rule(rule, mail, result, authserv) if rule else [_no_rule(mail)])]
    return result


def _no_rule(mail: Mail) -> str:
    if not mail.domain:
        return "The mail does not name exactly one sender, so no rule is asked. A person sees it as it is."
    return (
        f"No rule reads mails of {mail.local}@{mail.domain}; one with domains = [{mail.domain!r}] would. "
        "A person sees it as it is."
    )


def _by_rule(rule: Rule, mail: Mail, result: MailRead, authserv: str) -> Iterator[str]:
    yield f"Rule: {rule.name}"
    yield f"Subject: {mail.subject}"
    if result.left:
        yield "It begins with one of `other`: the mail is counted as no review and stays where it is."
        return
    why = doubt(mail, rule, authserv)
    yield f"Sender: not proven, because {why}. A review is shown with a warning." if why else "Sender: proven"
    try:
        review = find_review(rule, mail)
    except NoReview as error:
        yield f"No review was read, because {error}. A person sees the mail as it is."
        yield from _lines(mail)
        return
    yield from _found(rule, mail, review, result.posts[0])


def _found(rule: Rule, mail: Mail, review: Review, post: Post) -> Iterator[str]:
    stars = "none" if review.rating is None else f"{review.rating:g} of {review.best or rule.best:g}"
    yield f"Stars: {stars}"
    yield f"Author: {post.author_name or 'none'}"
    yield f"Title: {post.title or 'none'}"
    yield f"Written: {post.created_at.isoformat() if post.created_at else 'unknown'}"
    links = review_links(rule, mail.links)
    yield f"Link: {next((url for url, _ in links), 'none')}"
    yield f"Id: {post.external_id}"
    if not any(identity for _, identity in links):
        yield "No link holds the platform's id of the review, so a later mail about it will be another post."
    yield f"Text: {post.text or 'none'}"


def _lines(mail: Mail) -> Iterator[str]:
    """The lines of the readable text, without links and marks."""
    lines = (line for line in seen(mail.text) if line)
    yield from (f"Line: {line}" for line in islice(lines, SHOWN))
