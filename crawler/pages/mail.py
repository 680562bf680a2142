"""One mail of a mailbox into a post. Bytes in, a reading out.

Four things can become of a mail:
- a review, if a rule reads it and the mail proves that the platform sent it: its id is the platform's own
  ("trustpilot:65f…") where the mail names one, so that a later mail about the same review is an edit of it;
- a review whose origin is not proven: it is shown, but under an id of its own ("unverified:…"), with an author of its
  own and without a link. Whatever a forger writes, it can be no edit of a real post, joins nobody's case and leads
  nowhere; the page tells people that the origin is not proven;
- a mail for a person ("mail:…"): no rule fits, or a rule finds no text or more than one review. Subject, text and the
  sender's display name are shown as they are;
- nothing: an invoice or a newsletter of the platform. It is counted and stays in the mailbox.

No mail ever deletes a post or counts as an answer of the business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from crawler.items import Post
from crawler.pages.mail_links import review_links
from crawler.pages.mail_parts import Mail, take_apart, written_at
from crawler.pages.mail_proof import doubt
from crawler.pages.mail_review import NoReview, Review, read_review
from crawler.pages.mail_rules import Rule, built_in, rule_for
from crawler.pages.result import PageRead
from crawler.text import one_line

UNVERIFIED = "unverified:"
"""How the id of a post begins whose origin is not proven; the page knows it too."""

WORST = 1.0


@dataclass(slots=True)
class MailRead(PageRead):
    """`identity` tells a copy of this mail from another one, and a proven one from a forgery of it.

    `left` is the platform whose mail is no review and was left alone, with `subject` for people.
    """

    identity: str = ""
    subject: str = ""
    left: str = ""


def read(
    body: bytes,
    *,
    arrived: datetime | None = None,
    authserv: str = "",
    rules: Sequence[Rule] | None = None,
) -> MailRead:
    """Read one mail. Never raises for bad content. `arrived` is when the mailbox got it, `authserv` the name under
    which the own mail server writes `Authentication-Results`.
    """
    mail = take_apart(body)
    rule = rule_for(built_in() if rules is None else rules, mail.local, mail.domain)
    trusted = rule is not None and not doubt(mail, rule, authserv)
    result = MailRead(identity=f"{'+' if trusted else '-'}{mail.identity}", subject=mail.subject[:120])
    if rule is not None and rule.begins("other", mail.subject):
        result.left = rule.label
        return result
    review = _review(rule, mail)
    post = _for_a_person(mail) if review is None or rule is None else _post(rule, mail, review)
    post.created_at = _when(review, written_at(mail, arrived, trusted=trusted))
    if rule is not None and not trusted:
        _mark(post, mail)
        result.notes.append(_warning(rule, result.subject, post.created_at))
    result.posts.append(post)
    return result


def _review(rule: Rule | None, mail: Mail) -> Review | None:
    try:
        return find_review(rule, mail) if rule else None
    except NoReview:
        return None


def find_review(rule: Rule, mail: Mail) -> Review:
    """The review in a mail of a platform, out of the plain text or else the HTML. Raises `NoReview`."""
    if rule.find("subjects", mail.subject) is None:
        raise NoReview("the subject fits none of `subjects`")
    if len(_ids(rule, mail)) > 1:
        # several reviews, or a customer who put the address of another review into his text
        raise NoReview("its links name more than one review")
    why = "it holds no text"
    for body in mail.bodies:
        try:
            return read_review(rule, mail.subject, body)
        except NoReview as error:
            why = str(error)
    raise NoReview(why)


def _ids(rule: Rule, mail: Mail) -> set[str]:
    return {identity for _, identity in review_links(rule, mail.links) if identity}


def _post(rule: Rule, mail: Mail, review: Review) -> Post:
    links = review_links(rule, mail.links)
    link, identity = next((one for one in links if one[1]), links[0] if links else ("", ""))
    return Post(
        external_id=f"{rule.name}:{identity or mail.identity}",
        text=review.text,
        title=one_line(review.title),
        url=link,
        author_name=one_line(review.author),
        rating=review.rating,
        rating_best=review.best,
        rating_worst=None if review.rating is None else min(WORST, review.rating),
    )


def _for_a_person(mail: Mail) -> Post:
    """The mail as it is. Its author is nobody that other mails could belong to."""
    identity = f"mail:{mail.identity}"
    return Post(identity, text=mail.text, title=mail.subject, author_id=identity, author_name=mail.name)


def _mark(post: Post, mail: Mail) -> None:
    post.external_id = post.author_id = f"{UNVERIFIED}{mail.identity}"
    post.url = ""


def _when(review: Review | None, sent: datetime | None) -> datetime | None:
    """The day that the platform names if it is before the mail, else the time of the mail."""
    if review is None or review.written is None or (sent is not None and review.written.date() >= sent.date()):
        return sent
    return review.written


def _warning(rule: Rule, subject: str, sent: datetime | None) -> str:
    when = format_datetime(sent) if sent else "unknown date"
    return (
        f"The mail “{subject}” of {when} does not prove that it comes from {rule.label}; look there before answering."
    )
