"""Servers that do not keep to HTTP, or only by the letter: each writes into the bare connection what it likes."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import brotli

Misdeed = Callable[[socket.socket], None]
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def again(piece: bytes, before: bytes = OK, pause: float = 0.0, seconds: float = 60.0) -> Misdeed:
    """`piece` for ever, or until the other side has gone."""

    def send(connection: socket.socket) -> None:
        connection.sendall(before)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            connection.sendall(piece)
            time.sleep(pause)

    return send


def once(answer: bytes) -> Misdeed:
    """This answer and the end of the connection."""
    return lambda connection: connection.sendall(answer)


def packed(coding: bytes, body: bytes) -> Misdeed:
    head = OK + b"Content-Encoding: " + coding + b"\r\nContent-Length: " + str(len(body)).encode() + b"\r\n\r\n"
    return once(head + body)


def silence(connection: socket.socket) -> None:
    time.sleep(60)


ZEROS = bytes(300_000_000)


def bombs() -> dict[str, Misdeed]:
    """Small answers that unpack to hundreds of megabytes."""
    deflated = zlib.compress(ZEROS, 9)
    return {
        "gzip bomb": packed(b"gzip", gzip.compress(ZEROS, 6)),
        "gzip in gzip bomb": packed(b"gzip, gzip", gzip.compress(gzip.compress(ZEROS, 6))),
        "ten times gzip": packed(b", ".join([b"gzip"] * 10), gzip.compress(b"x" * 1000)),
        "deflate bomb": packed(b"deflate", deflated),
        "raw deflate bomb": packed(b"deflate", deflated[2:]),
        "brotli bomb": packed(b"br", brotli.compress(ZEROS, quality=4)),
        "broken gzip": packed(b"gzip", gzip.compress(ZEROS[:100_000])[:60]),
        "zstd": packed(b"zstd", b"\x28\xb5\x2f\xfd" + b"\x00" * 1000),
    }


MISDEEDS: dict[str, Misdeed] = {
    "headers without end": again(b"X-A: " + b"b" * 8_000 + b"\r\n"),
    "small headers without end": again(b"a:b\r\n" * 10_000),
    "one header without end": again(b"b" * 8_000, OK + b"X-A: "),
    "one header of many lines": again(b" " + b"b" * 8_000 + b"\r\n", OK + b"X-A: x\r\n"),
    "interim answers without end": again(b"HTTP/1.1 100 Continue\r\n\r\n" * 1_000, b""),
    "a status line without end": again(b"x" * 8_000, b"HTTP/1.1 200 "),
    "a header every second": again(b"X-A: b\r\n", pause=0.5),
    "a byte every second": again(b"x", OK + b"Content-Length: 1000000\r\n\r\n", pause=0.5),
    "a chunk every second": again(b"1\r\nx\r\n", OK + b"Transfer-Encoding: chunked\r\n\r\n", pause=0.5),
    "chunks without end": again(b"2000\r\n" + b"<p>abcde" * 1024 + b"\r\n", OK + b"Transfer-Encoding: chunked\r\n\r\n"),
    "a chunk of no size": once(OK + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nabc"),
    "chunk extensions without end": again(b";a=b" * 2_000, OK + b"Transfer-Encoding: chunked\r\n\r\n1"),
    "trailers without end": again(b"a: b\r\n" * 1_000, OK + b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n"),
    "a body without length": again(b"<p>abcde" * 1024, OK + b"\r\n"),
    "a length beyond all numbers": once(OK + b"Content-Length: " + b"9" * 5_000 + b"\r\n\r\nabc"),
    "a negative length": once(OK + b"Content-Length: -5\r\n\r\nabc"),
    "two lengths": once(OK + b"Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde"),
    "no HTTP": once(b"\x16\x03\x01\x00\xff" * 1_000),
    "nothing": lambda connection: None,
    "silence": silence,
    "a status beyond all numbers": once(b"HTTP/1.1 " + b"9" * 5_000 + b" OK\r\n\r\n"),
    "a charset that is none": once(
        OK.replace(b"html", b"html; charset=" + b"x-" * 5_000) + b"Content-Length: 1\r\n\r\nx"
    ),
    "links in the head": once(OK + b"Link: " + b"<a>; rel=" * 1_600 + b"\r\nContent-Length: 1\r\n\r\nx"),
    "an endless redirect": once(
        b"HTTP/1.1 302 x\r\nContent-Length: 0\r\nLocation: http://127.0.0.1/" + b"a" * 16_000 + b"\r\n\r\n"
    ),
    "a redirect to nowhere": once(b"HTTP/1.1 302 x\r\nContent-Length: 0\r\nLocation: http://[\r\n\r\n"),
    "a redirect to the inside": once(
        b"HTTP/1.1 302 x\r\nContent-Length: 0\r\nLocation: http://169.254.169.254/\r\n\r\n"
    ),
    "a wait beyond all numbers": once(
        b"HTTP/1.1 429 x\r\nContent-Length: 0\r\nRetry-After: " + b"9" * 5_000 + b"\r\n\r\n"
    ),
    "a wait of the past": once(
        b"HTTP/1.1 503 x\r\nContent-Length: 0\r\nRetry-After: Mon, 99 Foo 0000 99:99:99 XYZ\r\n\r\n"
    ),
}


@contextmanager
def misbehaving(misdeed: Misdeed, robots: bytes = b"HTTP/1.1 404 x\r\nContent-Length: 0\r\n\r\n") -> Iterator[str]:
    """A server on loopback that answers everything but robots.txt by `misdeed`; yields its address."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as server:
        server.settimeout(0.2)
        open_for_business = threading.Event()
        open_for_business.set()

        def serve(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                connection.settimeout(60)
                asked = connection.recv(65536)
                if asked.startswith(b"GET /robots.txt"):
                    connection.sendall(robots)
                    asked = connection.recv(65536)
                if asked:
                    misdeed(connection)

        def listen() -> None:
            while open_for_business.is_set():
                with suppress(TimeoutError):
                    connection, _ = server.accept()
                    threading.Thread(target=serve, args=(connection,), daemon=True).start()

        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        finally:
            open_for_business.clear()
            listener.join()
