"""What may be fetched: which URL may be asked for, and which address a connection may be opened to.

Pure rules. `crawler.download` applies them to every hop, `check_address` at the moment of connecting, so that neither
a redirect nor a DNS answer that changes between two look-ups can lead past them.
"""

from __future__ import annotations

import re
import unicodedata
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

PORTS = {None, 80, 443}
NUMERIC_HOST = re.compile(r"(0x[0-9a-f]*|\d+)(\.(0x[0-9a-f]*|\d+))*\.?", re.IGNORECASE)
LOCAL = " If this source is meant to be local, add it with --allow-private."
UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
GLOBAL_UNICAST = IPv6Network("2000::/3")
NAT64 = IPv6Network("64:ff9b::/96")
PRIVATE = tuple(
    ip_network(block)
    for block in "127.0.0.0/8 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 ::1/128 fc00::/7".split()
)
METADATA = {ip_address("100.100.100.200"), ip_address("fd00:ec2::254")}


class Refused(Exception):
    """The guard forbids this URL or address; the message says which and why."""


def check_url(url: str, *, allow_private: bool = False) -> None:
    """Raise `Refused` unless `url` is plain http(s) without user data, on port 80 or 443, to a proper host.

    `allow_private` lifts the limits on ports and on local addresses, nothing else.
    """
    if UNSAFE.search(url):
        raise Refused(f"{url!r} contains characters that do not belong into a web address.")
    parts = _split(url)
    if parts.scheme not in ("http", "https"):
        raise Refused(f"{url!r} is not a web address: only http and https are fetched.")
    if "@" in parts.netloc:
        raise Refused(f"{parts.hostname!r} is addressed with a user name or password in it; remove them.")
    _check_host(parts.hostname or "", allow_private)
    _check_port(url, parts, allow_private)


def check_address(address: str, *, allow_private: bool = False) -> None:
    """Raise `Refused` unless a connection to this IP address may be opened.

    Public unicast only; `allow_private` adds loopback, private and shared ranges but never link-local, multicast,
    unspecified or cloud metadata addresses. IPv4 hidden in IPv6 (mapped, NAT64, 6to4) is judged as IPv4.
    """
    real = _unwrap(ip_address(address))
    if _is_public(real) or (allow_private and _is_private(real)):
        return
    advice = "" if allow_private else LOCAL
    raise Refused(f"The address {address} is not public, so nothing was sent there.{advice}")


def may_hold_secrets(url: str, *, local: bool) -> bool:
    """Whether a secret may go to an address: unencrypted only if the source is meant to be `local`."""
    return url.startswith("https://") or (local and url != "")


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError as error:
        raise Refused(f"{url!r} is not a valid web address: {error}.") from error


def _check_port(url: str, parts: SplitResult, allow_private: bool) -> None:
    try:
        port = parts.port
    except ValueError as error:
        raise Refused(f"{url!r} has an impossible port.") from error
    if port not in PORTS and not allow_private:
        raise Refused(f"Port {port} of {parts.hostname} is not a web port; only 80 and 443 are fetched.{LOCAL}")


def _check_host(host: str, allow_private: bool) -> None:
    if not host or "%" in host or UNSAFE.search(host):
        raise Refused(f"{host!r} is not a proper host name.")
    try:
        ip_address(host)
    except ValueError:
        if NUMERIC_HOST.fullmatch(unicodedata.normalize("NFKC", host)):
            raise Refused(f"{host!r} is an address in disguise; write it in the usual form.") from None
        return
    check_address(host, allow_private=allow_private)


def _unwrap(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 one carries, else the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    unicast = address in GLOBAL_UNICAST if isinstance(address, IPv6Address) else not address.is_multicast
    return unicast and address.is_global


def _is_private(address: IPv4Address | IPv6Address) -> bool:
    return address not in METADATA and any(address in block for block in PRIVATE)
