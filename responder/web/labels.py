"""The words for states, reasons, roles and moods, marked for translation; and small readings of stored values."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from db.models import Obligation, Post, PostVersion, Reply, Source
from responder.web.translate import N_

UNVERIFIED = "unverified:"
"""How the crawler begins the id of a post whose origin is not proven (`crawler.pages.mail`)."""

TABS = {
    "open": N_("Open"),
    "later": N_("Later"),
    "way": N_("On their way"),
    "manual": N_("To post yourself"),
    "answered": N_("Answered"),
    "closed": N_("Closed"),
}

TABS_EMPTY = {
    "open": N_("Everything is answered. Enjoy your coffee."),
    "later": N_("Nothing has been put off."),
    "way": N_("No answer is on its way right now."),
    "manual": N_("There is no answer to post by hand."),
    "answered": N_("No answers yet. The first one will appear here as soon as it is out."),
    "closed": N_("Nothing was closed without an answer."),
}

MOODS = {
    "angry": N_("Angry"),
    "critical": N_("Critical"),
    "neutral": N_("Neutral"),
    "positive": N_("Friendly"),
    "unread": N_("Not read yet"),
}

ASSESSMENTS = {
    "open": N_("Still open"),
    "right": N_("The customer is right"),
    "partly": N_("Partly right"),
    "misunderstanding": N_("A misunderstanding"),
    "own_fault": N_("It was not our mistake"),
    "praise": N_("Praise"),
}

CLOSE_REASONS = {
    "praise_without_text": N_("Praise by stars alone"),
    "spam": N_("Spam or advertising"),
    "bystander": N_("Written by a bystander, not a customer"),
    "not_answerable": N_("The platform allows no answer"),
    "by_person": N_("Another reason (see the note)"),
}
"""The reasons a person may choose."""

REASONS = CLOSE_REASONS | {
    "superseded": N_("Replaced by a newer version of the post"),
    "spelling_only": N_("Only the spelling changed"),
    "stars_only": N_("Only the stars changed"),
    "deleted_before_answer": N_("Deleted before we could answer"),
    "before_start_date": N_("Older than the start date of this source"),
}

REPLY_STATES = {
    "planned": N_("Leaves soon"),
    "sending": N_("Being sent"),
    "confirmed": N_("Sent"),
    "pending": N_("The platform is checking it"),
    "unknown": N_("In doubt: being looked up"),
    "refused": N_("Refused by the platform"),
    "gone": N_("The post no longer exists"),
    "cancelled": N_("Taken back"),
}

OUTCOMES = {
    "planned": {
        "retry_later": N_("Will be tried again"),
        "not_there": N_("Will be tried again"),
        "auth": N_("Waits: the account needs a look"),
        "money": N_("Waits: the account needs a look"),
        "dry_run": N_("Rehearsal: not sent"),
    },
    "confirmed": {"missing": N_("Sent, not visible right now")},
    "refused": {
        "changed": N_("Held back: the post was changed"),
        "signature": N_("Held back: not as it was approved"),
        "given_up": N_("Given up after several tries"),
        "not_there": N_("Looked for: it is not there"),
    },
    "gone": {"vanished": N_("No longer visible in public")},
}
"""Where the outcome says more about a reply than its state."""

OBLIGATION_STATES = {
    "open": N_("Open"),
    "replied": N_("Sent, not seen yet"),
    "answered": N_("Answered and seen"),
    "closed": N_("Closed"),
}

DRAFT_KINDS = {
    "full": N_("Answer"),
    "holding": N_("Holding reply"),
    "follow_up": N_("Follow-up"),
    "private_channel": N_("Invitation to a private channel"),
}

ROLES = {
    "viewer": N_("may look"),
    "drafter": N_("writes drafts"),
    "approver": N_("approves"),
    "admin": N_("administers"),
}

SOURCE_STATES = {"active": N_("Watched"), "degraded": N_("In trouble"), "paused": N_("Paused")}

SOURCE_KINDS = {
    "schema_org": N_("Page with review markup"),
    "feed": N_("RSS or Atom feed"),
    "wordpress": N_("WordPress comments"),
    "mail": N_("Mailbox with notification mails"),
    "app_store": N_("App in the App Store"),
    "app_store_connect": N_("App in App Store Connect"),
    "google_play": N_("App on Google Play"),
    "google_business": N_("Business Profile on Google"),
    "youtube": N_("Video or channel on YouTube"),
    "mastodon": N_("Mastodon"),
    "bluesky": N_("Bluesky"),
    "isso": N_("Isso comments"),
    "discourse": N_("Discourse forum"),
    "lemmy": N_("Lemmy community"),
    "reddit": N_("Reddit"),
    "trusted_shops": N_("Trusted Shops reviews"),
    "trustpilot": N_("Trustpilot reviews"),
    "import": N_("Imported from a file"),
}
"""What a person calls each kind of source."""

STEPS = {1: N_("First contact"), 2: N_("Writes again"), 3: N_("Third time")}

NEEDS = {
    "by_hand": N_("No text could be proposed here. Please write this answer yourself."),
    "matter": N_("Say in your own words what this post is about. The draft does not name it yet."),
    "answer": N_("Answer the question that is asked. Only you know the answer."),
    "fact": N_("Fill in what really happened."),
    "status": N_("Fill in how the matter stands today."),
    "shorten": N_("Shorten the text. It is too long for this platform."),
    "reword": N_("Change a few words. The same text already stands on this page."),
}
"""What a draft asks of a person before it can be approved."""

TICKS = {
    "crawl": N_("Read the sources"),
    "draft": N_("Write drafts"),
    "post": N_("Send answers"),
    "look": N_("See whether answers are visible"),
    "housekeeping": N_("Tidy up"),
}

DRAFT_PATIENCE = timedelta(minutes=10)
"""A draft is usually there within seconds; after this time the person is told that there is none."""

NOTES = {
    "approved": N_("Approved. The answer leaves as soon as the time to undo is over."),
    "approved_manual": N_("Approved. Please post the answer yourself and confirm it here."),
    "already": N_("This draft was already approved. It is posted once, not twice."),
    "undone": N_("Taken back. Nothing was published."),
    "saved": N_("Saved."),
    "applied": N_("The better wording is in the text."),
    "not_applied": N_("The text has changed since, so this wording no longer fits anywhere."),
    "rejected": N_("Rejected. Your note is kept with the draft."),
    "held": N_("Put off. It comes back by itself, in time for the deadline."),
    "closed": N_("Closed without an answer."),
    "redrafted": N_("A new draft that fits the assessment is ready."),
    "holding": N_("A holding reply is ready for you."),
    "corrected": N_("Noted. From now on the post counts as you read it."),
    "corrected_anew": N_("Noted. The draft was made anew to fit."),
    "corrected_kept": N_("Noted. Somebody has worked on the draft, so it stays. “New draft” makes one that fits."),
    "by_hand": N_("Please write the answer into the empty field."),
    "confirmed": N_("Thank you. We will check that it can be seen in public."),
    "trying": N_("It goes on at once. Reload the page in a moment to see how it went."),
    "denied": N_("Thank you. If the post still needs an answer, the text waits for you. It leaves only when approved."),
    "paused": N_("Posting is stopped. Nothing leaves until you start it again."),
    "resumed": N_("Posting goes on."),
    "source_paused": N_("This source is paused."),
    "source_resumed": N_("This source is being watched again."),
    "source_accepted": N_("Noted. What is usual for this source is learned anew from the next look on."),
    "password": N_("Your password was changed. All your other sessions have ended."),
    "language": N_("Language changed."),
    "person_disabled": N_("The account is locked. All its sessions have ended."),
    "person_enabled": N_("The account is open again."),
    "logged_out": N_("You are logged out. See you soon."),
}
"""One-line confirmations after an action; the address of the next page carries only the key."""


READING_NOTES = tuple(NOTES[key] for key in ("corrected", "corrected_anew", "corrected_kept"))
"""Confirmations that are said beside the reading as well."""


def source_kind(source: Source) -> str:
    """The kind of a source in words; one that this page does not know keeps its name."""
    return SOURCE_KINDS.get(source.kind, source.kind)


def reply_label(reply: Reply) -> str:
    """What became of a reply, in a few words."""
    return OUTCOMES.get(reply.state, {}).get(reply.outcome) or REPLY_STATES[reply.state]


def draft_is_late(obligation: Obligation, now: datetime) -> bool:
    """Whether an item without a draft should have one by now."""
    return obligation.drafted or now - obligation.created_at > DRAFT_PATIENCE


def mood(version: PostVersion) -> str:
    """The key of `MOODS` for a post version, from its stored reading."""
    reading: dict[str, Any] | None = version.reading
    if reading is None:
        return "unread"
    if reading.get("anger", 0) >= 2:
        return "angry"
    return {"negative": "critical", "positive": "positive"}.get(reading.get("sentiment", ""), "neutral")


def is_unproven(post: Post) -> bool:
    """Whether the mail that brought this post proves nothing about where it comes from."""
    return post.external_id.startswith(UNVERIFIED)


def wording(version: PostVersion) -> str:
    """Title and text as one, for comparing."""
    return "\n".join(part for part in (version.title, version.text) if part)


def stars(version: PostVersion) -> str:
    """The rating as five stars (scaled from the outlet's own best); empty without a rating."""
    if version.rating is None:
        return ""
    share = version.rating / (version.rating_best or 5.0)
    full = max(0, min(5, round(share * 5)))
    return "★" * full + "☆" * (5 - full)


def initial(name: str) -> str:
    """The letter in the round mark beside an author's name."""
    return next((char.upper() for char in name if char.isalnum()), "?")
