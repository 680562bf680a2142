"""The mood model of one business as a file: in front stands what it was bent from, so that it fits or is refused."""

from __future__ import annotations

import hashlib
import json
from functools import cache

from responder.reading.linear import Linear, ModelUnreadable, from_bytes, shipped

FORMAT = "gelassen mood 1"


def content(model: Linear) -> bytes:
    """What stands in the file."""
    return json.dumps({"format": FORMAT, "base": fingerprint()}, sort_keys=True).encode() + b"\n" + model.as_bytes()


def from_content(file: bytes) -> Linear:
    """The model in a file; ModelUnreadable, with a sentence for a person, when it is none or bent from another base."""
    line, _, rest = file.partition(b"\n")
    try:
        head = json.loads(line)
        form, base = head["format"], head["base"]
    except (ValueError, KeyError, TypeError) as error:
        raise ModelUnreadable("This file is not a model that `gelassen train` wrote.") from error
    if form != FORMAT or base != fingerprint():
        raise ModelUnreadable("This model was made with another version of Gelassen; run `gelassen train` once more.")
    return from_bytes(rest)


@cache
def fingerprint() -> str:
    """Which model comes with this program."""
    return hashlib.sha256(shipped("mood").as_bytes()).hexdigest()
