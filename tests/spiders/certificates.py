"""Certificates that a test makes for itself."""

from __future__ import annotations

import subprocess
from pathlib import Path

KEY = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"


def self_signed(folder: Path, host: str = "localhost") -> Path:
    """A certificate for `host` that signs itself, with its key in the same file."""
    made = folder / "post.pem"
    _openssl(f"req -x509 {KEY} -days 2 -subj /CN={host} -addext subjectAltName=DNS:{host}", made, folder / "cert.pem")
    made.write_text(made.read_text() + (folder / "cert.pem").read_text())
    return made


def signed_by_own_authority(folder: Path, host: str = "localhost") -> tuple[Path, Path]:
    """The certificate of a company's own authority, and one for `host` that it has signed, with its key."""
    authority, request, signed, made = (folder / name for name in ("ca.pem", "host.csr", "host.pem", "post.pem"))
    _openssl(f"req -x509 {KEY} -days 2 -subj /CN=Haus-CA", folder / "ca.key", authority)
    _openssl(f"req {KEY} -subj /CN={host}", made, request)
    (folder / "host.ext").write_text(f"subjectAltName=DNS:{host}\n")
    names = f"-in {request} -CA {authority} -CAkey {folder / 'ca.key'} -extfile {folder / 'host.ext'} -out {signed}"
    _run(f"x509 -req -days 2 -CAcreateserial {names}")
    made.write_text(made.read_text() + signed.read_text())
    return authority, made


def _openssl(what: str, key: Path, made: Path) -> None:
    _run(f"{what} -keyout {key} -out {made}")


def _run(arguments: str) -> None:
    subprocess.run(["openssl", *arguments.split()], check=True, capture_output=True)
