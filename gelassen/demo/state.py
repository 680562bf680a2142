"""What the demo platform knows: places, reviews, owner replies. In memory, optionally mirrored to a JSON file."""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

SEED = Path(__file__).with_name("reviews.toml")


@dataclass(slots=True)
class DemoReply:
    """An answer of the business under a review."""

    id: str
    text: str
    created_at: str


@dataclass(slots=True)
class DemoReview:
    """One review; times are ISO 8601 in UTC."""

    id: str
    place: str
    author: str
    rating: int
    title: str
    text: str
    created_at: str
    updated_at: str = ""
    deleted: bool = False
    replies: list[DemoReply] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Place:
    """A business with a page of its own."""

    key: str
    business: str
    type: str
    claim: str
    intro: str
    street: str
    city: str
    stars: str


class Platform:
    """All reviews, newest first by place. Every change is written to `file` when one is given."""

    def __init__(self, now: datetime, file: Path | None = None, seed: Path = SEED) -> None:
        raw = tomllib.loads(seed.read_text(encoding="utf-8"))
        self.places = {key: Place(key, **values) for key, values in raw["places"].items()}
        self.reviews: dict[str, DemoReview] = {}
        self.later: list[dict[str, Any]] = list(raw.get("later", []))
        self.file = file
        if file and file.exists():
            self._load(file)
        else:
            for entry in raw["review"]:
                self._seed(entry, now)

    def of(self, place: str) -> list[DemoReview]:
        """The reviews of a place that the public sees, newest first."""
        shown = [review for review in self.reviews.values() if review.place == place and not review.deleted]
        return sorted(shown, key=lambda review: (review.created_at, review.id), reverse=True)

    def add(
        self, now: datetime, *, place: str, author: str, rating: int, text: str, title: str = "", id: str = ""
    ) -> str:
        """Publish a review and return its id."""
        review_id = id or f"{place[0]}-{len(self.reviews) + 1:02d}-{now:%H%M%S%f}"
        self.reviews[review_id] = DemoReview(review_id, place, author, rating, title, text, stamp(now))
        self.save()
        return review_id

    def edit(self, review_id: str, now: datetime, **values: Any) -> None:
        """Change title, text or rating of a review. Raises KeyError when there is none."""
        known = {key: value for key, value in values.items() if key in ("title", "text", "rating")}
        self.reviews[review_id] = replace(self.reviews[review_id], **known, updated_at=stamp(now))
        self.save()

    def delete(self, review_id: str) -> None:
        """Take a review off the page. Raises KeyError when there is none."""
        self.reviews[review_id].deleted = True
        self.save()

    def reply(self, review_id: str, text: str, now: datetime) -> DemoReply:
        """Publish an answer. Deliberately not idempotent: sent twice, it stands there twice."""
        review = self.reviews[review_id]
        reply = DemoReply(f"{review_id}-a{len(review.replies) + 1}", text, stamp(now))
        review.replies.append(reply)
        self.save()
        return reply

    def release(self, now: datetime) -> str:
        """Let the next thing of the seed file happen; returns the id it concerns, empty when nothing is left."""
        if not self.later:
            return ""
        entry = dict(self.later.pop(0))
        if original := entry.pop("edit_of", ""):
            if original in self.reviews:
                self.edit(original, now, **entry)
            return str(original)
        return self.add(now, **entry)

    def tag(self, place: str) -> str:
        """A strong validator of everything that a place's pages show."""
        shown = json.dumps([asdict(review) for review in self.of(place)], sort_keys=True)
        return '"' + hashlib.sha256(shown.encode()).hexdigest()[:24] + '"'

    def save(self) -> None:
        """Mirror everything to the file, replacing it in one step."""
        if not self.file:
            return
        content = {"reviews": [asdict(review) for review in self.reviews.values()], "later": self.later}
        draft = self.file.with_suffix(".new")
        draft.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        os.replace(draft, self.file)

    def _seed(self, entry: dict[str, Any], now: datetime) -> None:
        values = dict(entry)
        answer = values.pop("reply", None)
        at = now - timedelta(days=values.pop("age"))
        review = DemoReview(**values, created_at=stamp(at))
        if answer:
            answered = stamp(now - timedelta(days=answer["age"]))
            review.replies.append(DemoReply(f"{review.id}-a1", answer["text"], answered))
        self.reviews[review.id] = review

    def _load(self, file: Path) -> None:
        content = json.loads(file.read_text(encoding="utf-8"))
        self.later = content["later"]
        for values in content["reviews"]:
            replies = [DemoReply(**reply) for reply in values.pop("replies")]
            self.reviews[values["id"]] = DemoReview(**values, replies=replies)


def stamp(moment: datetime) -> str:
    """ISO 8601 in UTC, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
