"""The same way on PostgreSQL: daemon, worker and poster on a server's database, the demo platform as the public."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import URL

from db.states import ReplyState
from tests.conftest import drop_postgresql
from tests.faults.installation import Installation
from tests.faults.platform import running_platform


@pytest.mark.heavy
def test_the_whole_way_works_on_postgresql(tmp_path: Path, fresh_postgresql: Callable[..., URL]) -> None:
    url = fresh_postgresql(template="gelassen_template")
    address = url.render_as_string(hide_password=False)
    installation = Installation(tmp_path / "data", {"database_url": address})
    try:
        with running_platform(tmp_path) as platform:
            installation.watch(platform, "hotel")
            installation.start()
            assert installation.wait_for(lambda: five_signed(installation), 60)
            assert installation.wait_for(lambda: sum(platform.answers().values()) >= 5, 60)
            assert installation.wait_for(lambda: not installation.unseen(), 60)
            assert installation.problems() == []
            assert installation.unapproved(platform) == []
            assert {reply.state for reply in installation.replies()} == {ReplyState.CONFIRMED}
    finally:
        installation.stop()
        installation.database.close()
        drop_postgresql(url)


def five_signed(installation: Installation) -> bool:
    installation.say_yes(at_most=5)
    return len(installation.replies()) >= 5
