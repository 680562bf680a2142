"""Lists of goods, contacts, orders and averages are told from lists of reviews, and refused with a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from gelassen.errors import WrongUse
from gelassen.exchange.averages import FRACTION, REVIEW_WORDS, counts_remarks, names_things, of_averages, under
from gelassen.exchange.column import ENOUGH, FEW, HALF, MOST, Column, named
from gelassen.exchange.heading_words import ALONE, words
from gelassen.exchange.headings import Meaning
from gelassen.exchange.inferring import is_opinions
from gelassen.exchange.kinds import KINDS
from gelassen.exchange.opinions import is_mixed
from gelassen.exchange.vocabulary import ELSEWHERE, LOGINS, OF_ARTICLES, OWN_REACH, REACHED, SUBJECTS, VAGUE_MARKS

SAID_OF = {word for kind in ("review", "text") for word in KINDS[kind].split() if word.startswith(("com", "kom"))}
SAID_OF |= set(KINDS["review"].split())
"""Words of headings over what people say of something."""

FEW_COLUMNS = 3
LONGEST = 1000
GUESSED = 2
"""The doubt from which on the text is not told by a heading."""


def refuse(seen: Sequence[Column], keys: Sequence[str], written: bool, called: bool = False) -> None:
    """Raise `WrongUse` when the columns, whose fields are `keys`, are not those of reviews.

    Lines that are `called` reviews need nobody who signed them.
    """
    names = ", ".join(one.heading for one in seen)[:LONGEST] or "an empty file"
    if not written and "rating" not in keys:
        raise WrongUse(
            f"No column with a text or a rating was found in: {names}. "
            "The first line must name the columns, for example Datum;Name;Sterne;Text."
        )
    doubt = _doubt(seen, keys)
    if not _asked(seen, keys) and _of_other_things(seen, set(keys), doubt, written):
        raise WrongUse(f"This looks like a list of goods, orders, contacts or events, not of reviews: {names}.")
    if _of_things(seen, keys, doubt, written):
        raise WrongUse(
            f"This looks like a list of products, places or works with a description and an average each: {names}."
        )
    if doubt and not _signed(seen, keys) and named(seen, OWN_REACH):
        raise WrongUse(
            f"This looks like your own posts and how far they reached, not like what customers wrote: {names}."
        )
    if _of_articles(seen, keys, doubt):
        raise WrongUse(f"This looks like articles that somebody published, not like what customers wrote: {names}.")
    called = written and (called or (doubt > 0 and any(is_opinions(one, seen) for one in under(seen, keys, "text"))))
    if not called and (doubt >= GUESSED or not written) and _of_nobody(seen, keys, doubt, written):
        raise WrongUse(f"Nothing in it tells who said this, or when: {names}.")
    labels = all(map(_is_label, under(seen, keys, "text")))
    unsigned = (doubt and not called) or labels
    if "text" in keys and unsigned and not _asked(seen, keys) and _without_traces(seen, keys, labels):
        raise WrongUse(f"Nothing in it tells that customers wrote it: {names}.")
    guessed = written and doubt >= GUESSED and not {"pros", "cons"} & set(keys)
    if (guessed or not written) and of_averages(seen, keys, written):
        raise WrongUse(f"The ratings in it look like averages of many, not like reviews: {names}.")
    if counts_remarks(seen, keys):
        raise WrongUse(f"It counts how often the same words came, and nobody wrote a review in it: {names}.")


def _doubt(seen: Sequence[Column], keys: Sequence[str]) -> int:
    told = [one.says.doubt for one, key in zip(seen, keys, strict=True) if key == one.says.field == "text"]
    return min(told, default=GUESSED)


def _of_other_things(seen: Sequence[Column], keys: set[str], doubt: int, written: bool) -> bool:
    if not named(seen, ELSEWHERE) or not doubt:
        return False
    signed = "rating" in keys or ("author_name" in keys and not named(seen, ELSEWHERE - REACHED))
    return not (signed and doubt < GUESSED) and not (written and {"rating", "author_name"} <= keys)


def _signed(seen: Sequence[Column], keys: Sequence[str]) -> bool:
    """Whether a column names who wrote each line, with more than one name in it."""
    persons = (one for one, key in zip(seen, keys, strict=True) if key == one.says.field == "author_name")
    return any(not one.says.doubt and len(set(one.cells)) > 1 for one in persons)


def _of_things(seen: Sequence[Column], keys: Sequence[str], doubt: int, written: bool) -> bool:
    """Whether each line tells of a thing: marks in fractions as averages have them, or nobody and no day beside it."""
    if not written or doubt < GUESSED or {"pros", "cons", "reply"} & set(keys) or named(seen, SUBJECTS):
        return False
    if named(seen, LOGINS) and {"author_name", "created_at"} <= set(keys):
        return False  # things do not log in
    if any(one.share(lambda cell: bool(FRACTION.fullmatch(cell))) > HALF for one in under(seen, keys, "rating")):
        return True
    if any(_speaks_of_reviews(one) or (is_opinions(one, seen) and is_mixed(one)) for one in under(seen, keys, "text")):
        return False
    bare = [one for one in seen if one.says in (Meaning("author_name", 1), Meaning("title")) or names_things(one)]
    single = any(one.cells and one.different() >= MOST for one in bare)
    return single and not _signed(seen, keys) and "created_at" not in keys and not _asked(seen, keys)


def _of_articles(seen: Sequence[Column], keys: Sequence[str], doubt: int) -> bool:
    """Whether it is what somebody published, not what others said of it: authors do not log in to be read."""
    told = {word for one in seen for word in words(one.heading)}
    logged_in = named(seen, LOGINS) and "author_name" in keys
    return bool(doubt) and "rating" not in keys and named(seen, OF_ARTICLES) and not told & SAID_OF and not logged_in


def _of_nobody(seen: Sequence[Column], keys: Sequence[str], doubt: int, written: bool) -> bool:
    """Whether marks, or words that no heading tells, stand alone: nobody gave them, and on no day."""
    if any(map(_speaks_of_reviews, seen)) or _asked(seen, keys) or {"pros", "cons", "reply", "title"} & set(keys):
        return False
    traced = {"author_name", "author_id", "external_id", "first_name", "created_at", "url"} & set(keys)
    vague = all(VAGUE_MARKS & set(words(one.heading)) for one in under(seen, keys, "rating"))
    return not traced and (len(seen) > FEW_COLUMNS if written and doubt >= GUESSED else vague and not written)


def _asked(seen: Sequence[Column], keys: Sequence[str]) -> bool:
    """Whether the words stand under a question, as in a form."""
    told = (*under(seen, keys, "text"), *under(seen, keys, "more"))
    return any(one.heading.rstrip().endswith("?") for one in told)


def _speaks_of_reviews(column: Column) -> bool:
    return any(word.startswith(tuple(REVIEW_WORDS)) for word in words(column.heading))


def _is_label(column: Column) -> bool:
    """Whether there are hardly sentences below a heading: `Bewertung` is a word for findings of all kinds."""
    if column.share(lambda cell: bool(ALONE.search(cell))) >= HALF:
        return False
    return len(column.cells) >= ENOUGH and column.share(lambda cell: cell.count(" ") >= FEW_COLUMNS) < FEW


def _without_traces(seen: Sequence[Column], keys: Sequence[str], labels: bool) -> bool:
    """Whether no column tells of a person, a time, a mark or a review beside a text that could be any text."""
    signed = any(one.says == Meaning("author_name") and key for one, key in zip(seen, keys, strict=True))
    told = set(keys) & {"rating", "created_at", "title", "url", "reply"}
    reviews = any(map(_speaks_of_reviews, seen))
    return len(seen) > FEW_COLUMNS and not (signed or told or (reviews and not labels))
