"""The places that know identities, on loopback: Bluesky's interface, the hosts of handles, the directory of DIDs."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crawler.spiders.residence import Directory
from tests.spiders.site import Answer, Asked, Site
from tests.spiders.sky import error


def document(did: str, handle: str, server: str) -> dict[str, Any]:
    """A document of a DID in the recorded shape."""
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "alsoKnownAs": [f"at://{handle}"],
        "verificationMethod": [
            {"id": f"{did}#atproto", "type": "Multikey", "controller": did, "publicKeyMultibase": "zQ3sh"}
        ],
        "service": [
            {"id": "#bsky_notif", "type": "BskyNotificationService", "serviceEndpoint": "https://melder.example"},
            {"id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": server},
        ],
    }


class Book:
    """`public` is what Bluesky's interface, `site`, knows about handles; `hosts` are all others."""

    def __init__(self, site: Site, hosts: Site) -> None:
        self.site, self.hosts = site, hosts
        self.public: dict[str, str] = {}
        site.pages["/resolve?"] = self.resolve

    @property
    def directory(self) -> Directory:
        url = self.site.url
        handles = (f"{url}/resolve?handle={{handle}}", f"{self.hosts.url}/{{handle}}")
        return Directory(handles, f"{self.hosts.url}/plc/{{did}}", f"{self.hosts.url}/web/{{host}}")

    @property
    def paths(self) -> list[str]:
        """What was looked up."""
        return self.site.paths + self.hosts.paths

    def clear(self) -> None:
        """Forget what was looked up."""
        self.site.asked.clear()
        self.hosts.asked.clear()

    def resolve(self, asked: Asked) -> Answer:
        [handle] = parse_qs(urlsplit(asked.path).query)["handle"]
        return Answer(json.dumps({"did": self.public[handle]})) if handle in self.public else error("HandleNotFound")

    def own(self, handle: str, did: str) -> None:
        """Let the host of a handle name its DID."""
        self.hosts[f"/{handle}"] = Answer(f"{did}\n", headers={"Content-Type": "text/plain"})

    def keep(self, did: str, handle: str, server: str) -> None:
        """Put a document where those of its kind are kept."""
        place = f"/web/{did.removeprefix('did:web:')}" if did.startswith("did:web:") else f"/plc/{did}"
        self.hosts[place] = json.dumps(document(did, handle, server))
