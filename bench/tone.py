"""The tone check of a reply of 1,000 characters: milliseconds, and how often a plain word search would fit into it.

The floor is one pass of a word expression over the same text. The best of `ROUNDS` counts, after one warming run.
Prints one JSON line; fails above `GOAL_MS`.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from responder.profile import Profile
from responder.reading.model import Text
from responder.tone import Context, check

ROUNDS, GOAL_MS = 50, 20.0
POST = Text("Drei Wochen warte ich jetzt auf den Sessel, und am Telefon geht keiner ran. Nie wieder. " * 5, rating=1)
REPLY = (
    "Guten Tag, drei Wochen auf den Sessel zu warten und niemanden zu erreichen, das tut mir leid. Danke, dass Sie so "
    "klar schreiben. Leider haben Sie die Hinweise nicht gelesen, aber wir melden uns zeitnah. Unser Fahrer war krank. "
    "Die Lieferung kommt am Dienstag, 24. November, zwischen 10 und 12 Uhr; schreiben Sie an hilfe@laden.example. "
) * 4


def best_ms(work: Callable[[], object]) -> float:
    """The shortest of the rounds, in milliseconds."""
    work()
    rounds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        rounds.append(time.perf_counter() - started)
    return min(rounds) * 1000


def main() -> int:
    text = REPLY[:1000]
    context = Context(Profile(signature="Jana Brandt", confidential=True, today=date(2026, 11, 23)), post=POST)
    words = re.compile(r"\w+")
    ours, floor = best_ms(lambda: check(text, context)), best_ms(lambda: words.findall(text))
    print(json.dumps({"bench": "tone", "ms": round(ours, 2), "goal_ms": GOAL_MS, "word_passes": round(ours / floor)}))
    return 0 if ours < GOAL_MS else 1


if __name__ == "__main__":
    sys.exit(main())
