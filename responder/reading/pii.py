"""Personal data in a post: what it is and where it stands, so that no reply repeats it in public."""

from __future__ import annotations

from collections.abc import Iterator

from responder.reading import expressions

Place = tuple[int, int]
NO_NAMES = frozenset(
    "Doktor Ober Wirt Nachbar Kollege Kollegin Chef Chefin Service Team Rezeption Am An Im In Das Die Der Und Sie Ich "
    "Wir Es Was Wie Herr Frau Minister Professor Mann Dame".split()
)


def personal_places(written: str) -> list[tuple[Place, str]]:
    """Every piece of personal data with its kind, in order. The first reading of a place counts."""
    found: dict[Place, str] = {}
    taken = bytearray(len(written))
    for label, (start, end) in _candidates(written):
        if not any(taken[start:end]):
            taken[start:end] = b"x" * (end - start)
            found[start, end] = label
    return sorted(found.items())


def _candidates(written: str) -> Iterator[tuple[str, Place]]:
    for label, expression in expressions.load("personal"):
        for match in expression.finditer(written):
            place = match.span(expression.groups)
            if _holds(label, written[slice(*place)]):
                yield label, place


def _holds(label: str, value: str) -> bool:
    if label == "iban":
        return valid_iban(value)
    return label != "name" or value.split()[0] not in NO_NAMES


def valid_iban(iban: str) -> bool:
    """Do the check digits hold (ISO 13616, remainder 1 of 97)?"""
    digits = iban.replace(" ", "").upper()
    if not 15 <= len(digits) <= 34:
        return False
    return int("".join(str(int(c, 36)) for c in digits[4:] + digits[:4])) % 97 == 1
