"""Google's own description of an interface, against which requests and made-up answers are checked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl, urlsplit

RANGES = {"int32": (-(2**31), 2**31 - 1), "uint32": (0, 2**32 - 1)}
DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
WHOLE = re.compile(r"-?\d+")


class Discovery:
    """One document of Google's directory of interfaces. Each check returns what is wrong, in words; empty is well."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.schemas: dict[str, Any] = document["schemas"]
        self.common: dict[str, Any] = document["parameters"]
        self.methods = list(_methods(document))

    def method(self, verb: str, path: str) -> dict[str, Any] | None:
        """The method that a request means, None if there is none."""
        return next((one for one in self.methods if one["httpMethod"] == verb and _fits(one, path)), None)

    def request(self, verb: str, address: str) -> list[str]:
        """What is wrong with a request: its path, or a name or value of its query."""
        parts = urlsplit(address)
        method = self.method(verb, parts.path.lstrip("/"))
        if method is None:
            return [f"no method for {verb} {parts.path}"]
        known = {name: one for name, one in method["parameters"].items() if one["location"] == "query"} | self.common
        given = parse_qsl(parts.query, keep_blank_values=True)
        wrong = [f"no parameter {name}" for name, _ in given if name not in known]
        missing = {name for name, one in known.items() if one.get("required")} - {name for name, _ in given}
        wrong += [f"{name} is missing" for name in sorted(missing)]
        return wrong + [told for name, value in given if name in known for told in _parameter(name, value, known[name])]

    def answer(self, verb: str, address: str, body: str | bytes) -> list[str]:
        """What is wrong with the body of a good answer to a request."""
        method = self.method(verb, urlsplit(address).path.lstrip("/"))
        if method is None:
            return [f"no method for {verb} {address}"]
        return list(self.value(json.loads(body), method["response"], "answer"))

    def value(self, value: Any, schema: dict[str, Any], place: str) -> Iterator[str]:
        """What is wrong with a value."""
        if "$ref" in schema:
            yield from self.value(value, self.schemas[schema["$ref"]], place)
        elif schema["type"] == "object":
            yield from self._object(value, schema, place)
        elif schema["type"] == "array":
            items = value if isinstance(value, list) else []
            yield from [] if isinstance(value, list) else [f"{place} is no list"]
            for number, item in enumerate(items):
                yield from self.value(item, schema["items"], f"{place}[{number}]")
        else:
            yield from _scalar(value, schema, place)

    def _object(self, value: Any, schema: dict[str, Any], place: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{place} is no object"
            return
        for key, inner in value.items():
            below = schema.get("properties", {}).get(key) or schema.get("additionalProperties")
            if below is None:
                yield f"{place}.{key} is unknown"
            else:
                yield from self.value(inner, below, f"{place}.{key}")


@cache
def discovery(name: str) -> Discovery:
    """The document `name` (`youtube.v3`) as the development dependency google-api-python-client brings it along."""
    document = files("googleapiclient") / "discovery_cache" / "documents" / f"{name}.json"
    return Discovery(json.loads(document.read_text(encoding="utf-8")))


def _methods(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from node.get("methods", {}).values()
    for resource in node.get("resources", {}).values():
        yield from _methods(resource)


def _fits(method: dict[str, Any], path: str) -> bool:
    pattern = re.sub(r"\\\{\w+\\\}", "[^/:]+", re.escape(method.get("flatPath", method["path"])))
    return re.fullmatch(pattern, path) is not None


def _parameter(name: str, value: str, schema: dict[str, Any]) -> Iterator[str]:
    number = int(value) if schema["type"] == "integer" and WHOLE.fullmatch(value) else None
    if schema["type"] == "integer" and number is None:
        yield f"{name}={value} is no number"
    elif number is not None and not int(schema.get("minimum", number)) <= number <= int(schema.get("maximum", number)):
        yield f"{name}={value} is out of range"
    elif value not in schema.get("enum", [value]):
        yield f"{name}={value} is none of its values"


def _scalar(value: Any, schema: dict[str, Any], place: str) -> Iterator[str]:
    kind, form = schema["type"], schema.get("format", "")
    types = {"string": str, "integer": int, "number": (int, float), "boolean": bool}
    if not isinstance(value, types[kind]) or (isinstance(value, bool) and kind != "boolean"):
        yield f"{place} is no {kind}"
    elif form in RANGES and not RANGES[form][0] <= value <= RANGES[form][1]:
        yield f"{place} is no {form}"
    elif form == "date-time" and not DATE_TIME.fullmatch(value):
        yield f"{place} is no time"
    elif form in ("int64", "uint64") and not WHOLE.fullmatch(value):
        yield f"{place} holds no number"
    elif value not in schema.get("enum", [value]):
        yield f"{place} is none of its values"
