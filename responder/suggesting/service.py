"""Any service that speaks the chat-completions format: one request, a hard limit of time, nothing believed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from responder.publishers.http import Answer, Line
from responder.suggesting.brief import Message

SECONDS = 20.0
"""The longest life of a request; drafts behind it wait."""
MOST_FAILURES = 3
"""After so many in a row the service is left alone as long as this process lives."""
MOST_TOKENS = 600


class NoAnswer(Exception):
    """The service gave nothing that could be used; the message says why, and quotes nothing of it."""


@dataclass(slots=True)
class Service:
    """`address` ends before `/chat/completions`; `key` may be empty, as with a model on this machine."""

    address: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = SECONDS
    failures: int = 0

    def ask(self, messages: list[Message]) -> str:
        """The answer to one conversation. Raises `NoAnswer`."""
        if self.failures >= MOST_FAILURES:
            raise NoAnswer("It failed several times in a row and is not asked again by this process.")
        try:
            text = _content(self._post(messages))
        except NoAnswer:
            self.failures += 1
            raise
        self.failures = 0
        return text

    def _post(self, messages: list[Message]) -> Answer:
        line = Line(self.seconds, allow_private=True)  # an administrator named this address, often one of the house
        line.start()
        sent = {"model": self.model, "messages": messages, "max_tokens": MOST_TOKENS, "temperature": 0.4}
        headers = {"content-type": "application/json"}
        if self.key:
            headers["authorization"] = f"Bearer {self.key}"
        url = f"{self.address.rstrip('/')}/chat/completions"
        try:
            return line.request("POST", url, headers=headers, body=json.dumps(sent).encode())
        except (TimeoutError, ConnectionError) as error:
            raise NoAnswer(str(error)) from error


def _content(answer: Answer) -> str:
    if answer.status != 200:
        raise NoAnswer(f"It answered {answer.status}.")
    try:
        content = answer.body["choices"][0]["message"]["content"]
        content.encode()  # half a character, which JSON may hold, is no text
    except (KeyError, IndexError, TypeError) as error:
        raise NoAnswer("Its answer is not in the chat-completions format.") from error
    except (AttributeError, UnicodeEncodeError) as error:
        raise NoAnswer("Its answer is no text.") from error
    return str(content)
