"""Static files by content: read once at start, served under a name that holds their hash, cached for ever."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter, HTTPException, Response

FOLDER = Path(__file__).parent / "static"
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its public name with the hash in it, its type and bytes."""

    name: str
    media_type: str
    content: bytes


@cache
def load(folder: Path = FOLDER) -> dict[str, Asset]:
    """All static files by their path below `folder`, e.g. `page.css`."""
    found = {}
    for file in sorted(folder.rglob("*")):
        if file.suffix in TYPES:
            content = file.read_bytes()
            digest = hashlib.sha256(content).hexdigest()[:16]
            found[file.relative_to(folder).as_posix()] = Asset(
                f"{file.stem}.{digest}{file.suffix}", TYPES[file.suffix], content
            )
    return found


def router(assets: dict[str, Asset]) -> APIRouter:
    """`GET /static/<name with hash>`; any other name is 404, so a cached page can never load a mismatched file."""
    by_name = {asset.name: asset for asset in assets.values()}
    routes = APIRouter()

    @routes.api_route("/static/{name}", methods=["GET", "HEAD"], name="static")
    def static(name: str) -> Response:
        asset = by_name.get(name)
        if asset is None:
            raise HTTPException(404)
        return Response(asset.content, media_type=asset.media_type, headers={"cache-control": FOREVER})

    return routes
