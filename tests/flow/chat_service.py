"""A server that speaks the chat-completions format and misbehaves on command."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class ChatService:
    """`says` is the text of every answer; `behave`, when given, answers instead. `asked` are the requests."""

    address: str = ""
    says: str = ""
    behave: Reply | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def told(self) -> dict[str, Any]:
        """The object in the last request."""
        content: dict[str, Any] = json.loads(self.asked[-1]["messages"][-1]["content"])
        return content


def send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200) -> None:
    handler.send_response(status)
    handler.send_header("content-type", "application/json")
    handler.send_header("content-length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def choice(content: object) -> bytes:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()


@contextmanager
def chat_service() -> Iterator[ChatService]:
    """The server, on a free port of this machine."""
    service = ChatService()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            service.headers.append({key.lower(): value for key, value in self.headers.items()})
            service.asked.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            try:
                if service.behave is not None:
                    service.behave(self)
                else:
                    send(self, choice(service.says))
            except OSError:
                return  # the client hung up, which is what it should do

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    service.address = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
