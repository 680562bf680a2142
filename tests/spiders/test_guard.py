"""The guard's rules: which addresses of the web and of the network are let through."""

from __future__ import annotations

import pytest

from crawler.guard import Refused, check_address, check_url, may_hold_secrets

PUBLIC = """93.184.216.34 1.1.1.1 172.15.255.255 172.32.0.1 192.169.0.1 100.63.255.255 100.128.0.1 2606:4700:4700::1111
2a00:1450:4001:80b::200e ::ffff:1.1.1.1 64:ff9b::101:101 2002:101:101::1""".split()

PRIVATE = """127.0.0.1 127.8.9.10 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.255 192.168.0.1 192.168.178.1
100.64.0.1 100.127.255.255 ::1 fc00::1 fd12:3456::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:7f00:1
64:ff9b::7f00:1 64:ff9b::c0a8:1 2002:7f00:1::1 2002:c0a8:101::1""".split()

NEVER = """0.0.0.0 0.1.2.3 169.254.169.254 169.254.0.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 192.0.0.1
192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.1 100.100.100.200 :: fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1
fd00:ec2::254 ::127.0.0.1 64:ff9b:1::7f00:1 ::ffff:169.254.169.254 64:ff9b::a9fe:a9fe 2002:a9fe:a9fe::1 2001:db8::1
2001::1 100::1""".split()

BAD_URLS = [
    "ftp://laden.example/",
    "file:///etc/passwd",
    "data:text/html,x",
    "gopher://laden.example/",
    "javascript:alert(1)",
    "s3://bucket/key",
    "//laden.example/ohne-schema",
    "laden.example",
    "",
    "http://",
    "http:///pfad",
    "https://anna@laden.example/",
    "https://anna:geheim@laden.example/",
    "https://laden.example@127.0.0.1/",
    "https://laden.example\\@127.0.0.1/",
    "https://laden.example/\r\nHost: x",
    "https://laden.example/ leer",
    "https://laden.example:99999/",
    "https://laden.example:0x50/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://017700000001/",
    "http://127.1/",
    "http://127.0.1/",
    "http://10.1/",
    "http://0/",
    "http://127.0.0.1./",
    "http://１２７.0.0.1/",
    "http://①②⑦.0.0.1/",
    "http://%31%32%37.0.0.1/",
    "http://[::ffff:127.0.0.1%25eth0]/",
    "http://[::1",
    "http://[fe80::1%25eth0]/",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_may_be_connected_to(address: str) -> None:
    check_address(address)
    check_address(address, allow_private=True)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_need_the_permission_of_their_source(address: str) -> None:
    with pytest.raises(Refused, match="not public"):
        check_address(address)
    check_address(address, allow_private=True)


@pytest.mark.parametrize("address", NEVER)
def test_some_addresses_are_refused_with_every_permission(address: str) -> None:
    for allow_private in (False, True):
        with pytest.raises(Refused):
            check_address(address, allow_private=allow_private)


@pytest.mark.parametrize("url", BAD_URLS)
def test_addresses_in_disguise_are_refused_with_every_permission(url: str) -> None:
    for allow_private in (False, True):
        with pytest.raises(Refused):
            check_url(url, allow_private=allow_private)


@pytest.mark.parametrize(
    "url",
    [
        "https://laden.example/bewertungen?seite=2#oben",
        "http://laden.example:80/",
        "https://laden.example:443/",
        "https://xn--mller-kva.example/",
        "https://müller.example/",
        "https://1und1.example/",
        "https://93.184.216.34/",
        "https://[2606:4700:4700::1111]/",
    ],
)
def test_plain_web_addresses_pass(url: str) -> None:
    check_url(url)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://[::1]/", "http://laden.example:8080/", "http://10.0.0.7/"]
)
def test_local_addresses_and_other_ports_pass_with_permission_only(url: str) -> None:
    with pytest.raises(Refused):
        check_url(url)
    check_url(url, allow_private=True)


def test_a_refusal_tells_how_to_permit_a_local_source() -> None:
    with pytest.raises(Refused, match="--allow-private"):
        check_address("192.168.178.1")
    with pytest.raises(Refused) as refusal:
        check_address("169.254.169.254", allow_private=True)
    assert "--allow-private" not in str(refusal.value)


def test_a_secret_goes_unencrypted_to_local_places_only() -> None:
    assert may_hold_secrets("https://laden.example", local=False)
    assert may_hold_secrets("http://127.0.0.1:3000", local=True)
    assert not may_hold_secrets("http://laden.example", local=False)
    assert not may_hold_secrets("", local=True)
