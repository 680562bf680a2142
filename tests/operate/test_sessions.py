"""Logins of sources outlive a process in files that nobody else can read."""

from __future__ import annotations

from pathlib import Path

import pytest

from gelassen.sessions import SessionFiles

KEPT = {"token": "streng-geheim", "until": "2026-11-23T10:00:00+00:00"}


@pytest.fixture
def sessions(tmp_path: Path) -> SessionFiles:
    return SessionFiles(tmp_path / "sessions")


def test_what_was_kept_is_there_for_the_next_process(sessions: SessionFiles) -> None:
    sessions.put("bluesky/laden", KEPT)
    assert SessionFiles(sessions.folder).get("bluesky/laden") == KEPT


def test_nothing_is_kept_for_a_key_that_is_not_known(sessions: SessionFiles) -> None:
    assert sessions.get("bluesky/laden") == {}


def test_only_this_user_can_read_the_files(sessions: SessionFiles) -> None:
    sessions.put("bluesky/laden", KEPT)
    (file,) = sessions.folder.iterdir()
    assert (file.stat().st_mode & 0o777, sessions.folder.stat().st_mode & 0o777) == (0o600, 0o700)


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff"])
def test_a_spoilt_file_means_to_log_in_again(sessions: SessionFiles, content: bytes) -> None:
    sessions.put("bluesky/laden", KEPT)
    next(sessions.folder.iterdir()).write_bytes(content)
    assert sessions.get("bluesky/laden") == {}
