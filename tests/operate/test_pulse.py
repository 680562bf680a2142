"""A child's line to the daemon, as a real process."""

from __future__ import annotations

import subprocess
import sys

LISTENER = """
import sys, threading
from gelassen.pulse import listen
poked, ended = threading.Event(), threading.Event()
listen(poked.set, ended.set)
print("up", flush=True)
assert poked.wait(20)
if sys.argv[1] == "end":
    assert ended.wait(20)
print("done", flush=True)
"""


def listener(how: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", LISTENER, how]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout
    assert child.stdout.readline() == b"up\n"
    return child


def test_a_child_that_leaves_by_itself_ends_cleanly_while_its_line_is_still_open() -> None:
    with listener("leave") as child:
        assert child.stdin
        assert child.stdout
        child.stdin.write(b"\n")
        child.stdin.flush()
        assert child.stdout.readline() == b"done\n"
        assert child.wait(20) == 0


def test_the_end_of_the_line_is_heard() -> None:
    child = listener("end")
    said, wrong = child.communicate(b"\n", timeout=20)
    assert (said, wrong, child.returncode) == (b"done\n", b"", 0)
