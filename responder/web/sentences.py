"""Sentences that other rooms store in plain English, told in the language of the page.

Crawler, outbox and outlets know neither the page nor its languages: they write what happened as an English sentence,
which the command line shows as it is. Here every such sentence stands once more, with names for its gaps; a stored one
is recognised, its gaps are filled into the translation, and what stands in a gap may be such a sentence itself.
`tests/web/spoken.py` walks those rooms and finds the sentences that are missing here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from responder.web.translate import N_

LONGEST = 2000
"""A longer text is none of our sentences and is not looked through."""

LOOKS = (
    N_("{url} asks for a login (401). Only public pages can be watched."),
    N_("{url} refuses to be read by programs (403). Ask the site's operator or use another way in."),
    N_("{url} does not exist (any more) (404). Check the address."),
    N_("{url} has been removed for good (410). Check the address."),
    N_("{url} asks us to come less often (429)."),
    N_("{url} answers with the error {status}; the next look will try again."),
    N_("{url} could not be fetched ({error})."),
    N_("{url} was not fetched ({error})."),
    N_("{url} redirects to {target}, which is not a web address."),
    N_("{url} redirects to something that is not a web address."),
    N_("{url} redirects in circles."),
    N_("{url} leads to {target}, which was refused. {rest}"),
    N_("{url} did not answer in time. The next look will try again."),
    N_(
        "{url} was not asked: its site answers robots.txt with an error ({status}), so nobody knows what programs may "
        "read there. The next look will try again; if it stays so, tell the operator of the site."
    ),
    N_("{url} cannot be found. Check the spelling of the address and whether this machine is online."),
    N_("{url} accepts no connection. Is the site up?"),
    N_("{url} broke off its answer or does not answer as a web server should. The next look will try again."),
    N_("{url} is too big to be read safely; nothing of it was read."),
    N_("{url} must not be read by programs: the site's robots.txt forbids it. Ask its operator for permission."),
    N_("{url} does not show that it is a WordPress site with an open REST API."),
    N_("{url} does not accept the credential of this source (401). Renew it where Gelassen finds it."),
    N_("{url} does not let the credential of this source read that (403). Check its rights on the platform."),
    N_("{url} knows nothing by this name (404). Check the address of the source."),
    N_("{url} shows this only with a credential. Give the source one (--secret)."),
    N_("The credential of this source belongs to {account}, not to {wanted}. Nothing was read."),
    N_("The credential of this source does not begin with the handle of an account. Write it anew as handle:password."),
    N_("No account proves to be {account}. Check the handle in the credential of this source."),
    N_("There is no document of the account {account}. Check the credential of this source."),
    N_("The account {account} names no server that keeps it and is reached by https. Nothing was sent."),
    N_("{url} let in {account} instead of {wanted}. Nothing was read."),
    N_("The account has moved to another server. The next look reads it there."),
    N_("The credential of this source is not the JSON it should be, with {parts}. Write it anew."),
    N_("Reddit shows mentions to the account alone that was mentioned. Give the credential of its app."),
    N_(
        "{url} gives nothing more today: the quota of this credential is used up. It begins anew at midnight in "
        "California."
    ),
    N_("{url} is not switched on for the project of this credential. Switch it on in the Google Cloud console."),
    N_("{url} says that comments are switched off there. There is nothing to read."),
    N_(
        "{url} shows nothing until the account holder has agreed to Apple's new terms. Sign in to App Store Connect "
        "and agree."
    ),
    N_("YouTube knows no channel by the name {name}. Check the address of the source."),
    N_("{url}: {rest}"),
    N_("{url} is guarded by a captcha ({status}). Nothing is done to get around it; look for another way in."),
    N_("{url} was not asked: its host wants no request before {time}."),
    N_("{url} was not asked: its host failed {number} times in a row and is left alone until {time}."),
    N_("{first} It asks to wait: {wait}."),
    N_("{first} Nothing is sent there before {time}."),
    N_("The robots.txt of {host} asks for {seconds} s between two pages; {kept} s are kept."),
)
"""Why a page could not be fetched."""

GUARDS = (
    N_("{address} contains characters that do not belong into a web address."),
    N_("{address} is not a web address: only http and https are fetched."),
    N_("{address} is not a valid web address: {error}."),
    N_("{address} is addressed with a user name or password in it; remove them."),
    N_("{address} is not a proper host name."),
    N_("{address} has an impossible port."),
    N_("{address} is an address in disguise; write it in the usual form."),
    N_("The address {address} is not public, so nothing was sent there."),
    N_("Port {port} of {address} is not a web port; only 80 and 443 are fetched."),
    N_("{first} If this source is meant to be local, add it with --allow-private."),
)
"""What the crawler does not fetch."""

PAGES = (
    N_("{number} posts stood here at the last look, now none can be found."),
    N_("{number} posts stood here at the last look, now none can be found. {rest}"),
    N_("No posts were found on {url}."),
    N_("No posts were found on {url}. {rest}"),
    N_("The page may have a new layout, ask for a login, or mark up no reviews; look at it in a browser."),
    N_("This is not an RSS or Atom feed; it may be a page for people or an error message."),
    N_("{url} shows a login page where the posts should be. Only public pages can be watched."),
    N_("{url} wants proof of a human being (a captcha). Nothing is done to get around it; find another way in."),
    N_("{url} sends an empty page that only a browser fills by its scripts. Find another way in, such as a feed."),
    N_("{unread} of {met} posts could not be read. The page may have a new layout; look at it in a browser."),
    N_("{wordless} of {met} posts have lost their text. The page may have a new layout."),
    N_("The list shows {listed} of usually {usual} posts. Part of the page may have a new layout."),
    N_("The place counts {lead} posts that could not be found there. Its list may be sorted or cut in a new way."),
    N_("Nothing new for {days} days, far longer than any pause before. Look whether people still write there."),
    N_("No look has gone well for {days} days."),
    N_("The page is empty."),
    N_("The page holds more data than can be read at once; only its first part was read."),
    N_("JSON-LD block {number} of the page is broken and was left out ({error})."),
    N_("The page's __NEXT_DATA__ is broken and was left out ({error})."),
    N_("The page nests its elements more than {number} deep."),
    N_("The page has a tag of more than {number} KiB."),
    N_("The page has a tag with more than {number} attributes."),
    N_("The data are nested more than {number} deep."),
    N_("The data hold more values than can be read at once."),
    N_("The page begins again and again."),
    N_("The feed is broken and could not be read ({error})."),
    N_("{first} Nothing of it was read."),
    N_("The site answers with something else than comments."),
    N_("The site's answer is not the JSON it should be ({error})."),
    N_("The site's answer holds no list of posts; its interface may have changed."),
    N_("Trustpilot knows no company by this domain."),
    N_("The site's answer names no account; its interface may have changed."),
    N_("Posts of the list that could not be read were left out ({number})."),
    N_("Private messages to the account were left out, for they are no public posts ({number}). Answer them there."),
    N_("A thread has more than {number} replies; those beyond were left out. Answer them there."),
    N_("{number} posts without id or content were left out; the interface may have changed."),
    N_("Google does not show the answer to review {review} ({reason}). Please write another one."),
    N_("Apple's list for the country “{country}” is empty, which happens; the next look will try again."),
    N_("The posts of {url} could not be stored: {error}"),
    N_("{kind} is not a kind of source this version can read."),
    N_("The look took longer than {seconds} s and was broken off."),
    N_("The page could not be read because of an error in this program; see the log."),
    N_("The page could not be read as expected."),
    N_("The worker hung or died while reading this page and was replaced."),
)
"""What was wrong with a page that was fetched."""

MAILS = (
    N_("{url} carries a password in its address. Take it out and name the credential instead."),
    N_("Port {port} of {address} is not that of {scheme}://; only {usual} is used."),
    N_("{url} needs a user: imaps://user@host/folder."),
    N_("{url} has no folder of this name that can be read. Check the address of the source."),
    N_("{url} does not number its mails, so that new ones cannot be told from known ones."),
    N_("{url} does not let its mails be listed; the next look will try again."),
    N_("{url} offers no encryption, so the password was not sent there. Use imaps:// in its address."),
    N_("{url} does not accept user name and password. Renew the credential where Gelassen finds it."),
    N_("{url} shows a certificate that is not valid ({error}), so nothing was sent there."),
    N_("{url} sends more than can be read safely; the rest was not read."),
    N_("{url} does not speak IMAP as it should ({error})."),
    N_("{url} has begun to number its mails anew; all of them were looked through again."),
    N_("{url} hands out none of its mails, or only some. The next look will try again."),
    N_("The mail with the number {number} cannot be fetched; look at it in the mailbox yourself."),
    N_("The mail “{subject}” is too big; only its beginning was read."),
    N_("The mail “{subject}” of {date} does not prove that it comes from {platform}; look there before answering."),
    N_("Mails of {platform} that are no reviews and were left alone: {number}, the last one “{subject}”."),
)
"""What was the matter with a mailbox or a mail in it."""

REPLIES = (
    N_("The post was changed after the answer had been approved. Nothing was sent. Please read it again."),
    N_("Post, account or text are no longer exactly what was approved. Nothing was sent. Please approve again."),
    N_("The post does not exist any more."),
    N_("The review is deleted."),
    N_("The commented page does not exist any more."),
    N_("The platform could not be reached properly ({error})."),
    N_("no answer in time"),
    N_("The attempt was not started: the process had been stopped."),
    N_("The attempt was cut off; it is being looked up."),
    N_("Please look at the page and say whether the answer stands there."),
    N_(
        "The account is no longer the one that this answer was approved for, so it cannot be looked up. Please look at "
        "the page and say whether the answer stands there."
    ),
    N_("Somebody looked at the page: the answer is not there. It leaves again only after a new approval."),
    N_("Given up after {number} attempts."),
    N_("Given up after {number} attempts. {rest}"),
    N_("The reply is no longer visible in public. Please check the page before you send it again."),
    N_("The reply is not there."),
    N_("The reply waits for the site's own moderation."),
    N_("The reply is there, but the site does not show it yet."),
    N_("Please post the text yourself and confirm it on the page."),
)
"""What became of a reply."""

ACCOUNTS = (
    N_("The platform answered {status}."),
    N_("{first} Name or password of the account are not accepted."),
    N_("{first} The address of the account has moved; please correct it."),
    N_("{address} is an address in a private network; the account does not permit that."),
    N_("There is no outlet of the kind {kind}; there are {kinds}."),
    N_("The comment could not be read; nothing was sent."),
    N_("There is no WordPress comment interface at this address. Please check the address of the account."),
    N_(
        "The secret “{name}” was not found. Put it into a file named by {variable} (or into {file}) and start Gelassen "
        "again."
    ),
    N_("The secret file {file} cannot be read. Check path and permissions."),
    N_(
        "The credential “{name}” for reading was not found. Put it into a file, write the file's path into {variable} "
        "and start Gelassen again."
    ),
)
"""What was wrong with an account that posts."""

CREDENTIALS = (
    N_("The credential of this source is neither the JSON key of a Google service account nor a Google login."),
    N_("The credential of this source is not a JSON with issuer_id, key_id and private_key of App Store Connect."),
    N_("The private key in the credential of this source cannot be used. Put it there exactly as it was given out."),
    N_("The credential of this source is not an API key for YouTube, which is one word of letters and digits."),
)
"""What was wrong with a credential for reading."""

CHECKS = (
    N_("There is no text yet. Please write an answer."),
    N_("A hidden control or direction character could make the text look other than it is. Please remove it."),
    N_("This gap still has to be filled in before anybody else reads the text."),
)
"""What `responder.exact_text` finds in a draft."""

HANDS = (
    N_("paused on the page"),
    N_("resumed on the page"),
    N_("command line"),
    N_("demo"),
    N_("imported; there is nothing to look at"),
    N_("removed; what was collected stays"),
)
"""Who stopped or started a source or a channel."""

SENTENCES = (*LOOKS, *GUARDS, *PAGES, *MAILS, *REPLIES, *ACCOUNTS, *CREDENTIALS, *CHECKS, *HANDS)

GAP = re.compile(r"\\\{(\w+)\\\}")
ADDRESS = r"\w+://\S+"
"""What fits into a gap named `url`; any other gap takes any text."""


def tell(sentence: str, translate: Callable[[str], str]) -> str:
    """`sentence` in the language of `translate`; one that is not known stays as it is."""
    known = recognise(sentence)
    if known is None:
        return sentence
    template, values = known
    return translate(template).format(**{name: tell(value, translate) for name, value in values.items()})


def recognise(sentence: str) -> tuple[str, dict[str, str]] | None:
    """The template that `sentence` was made from, and what stands in its gaps."""
    text = sentence.strip() if len(sentence) <= LONGEST else ""
    hits = ((template, pattern.fullmatch(text)) for template, pattern in patterns())
    return next(((template, hit.groupdict()) for template, hit in hits if hit), None)


@cache
def patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Templates and what they look like when filled; those that say more come first."""
    longest_first = sorted(SENTENCES, key=lambda template: -len(re.sub(r"\{\w+\}", "", template)))
    return [(template, re.compile(_filled(template), re.DOTALL)) for template in longest_first]


def _filled(template: str) -> str:
    return GAP.sub(lambda gap: f"(?P<{gap[1]}>{ADDRESS if gap[1] == 'url' else '.+'})", re.escape(template))
