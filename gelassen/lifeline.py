"""Children never outlive the daemon: the kernel's parent-death signal, with the end of stdin as second wall."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Ask the kernel to kill this process when its parent dies; ends it now when that has happened already."""
    if not sys.platform.startswith("linux"):
        return  # elsewhere the end of stdin is the only wall
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent or parent == 1:
        raise SystemExit("the parent process is gone")
