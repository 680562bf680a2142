"""Children never outlive the daemon: the kernel's parent-death signal, with the end of stdin as second wall."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys

PR_SET_PDEATHSIG = 1
PARENT = "GELASSEN_PARENT"
"""Environment variable that tells a child which process started it."""


def die_with_parent() -> None:
    """Ask the kernel to kill this process when its parent dies; ends it now when that has happened already."""
    if sys.platform.startswith("linux"):  # elsewhere the end of stdin is the only wall
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    expected = os.environ.get(PARENT)
    if expected and expected != str(os.getppid()):
        raise SystemExit("the parent process is gone")


def limit(*, cpu_seconds: int, memory_bytes: int, files: int) -> None:
    """Limit this process: processor time in total, address space, open files. Never raises an existing limit."""
    for kind, wanted in (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_NOFILE, files),
    ):
        soft, hard = resource.getrlimit(kind)
        allowed = [wanted, *(value for value in (soft, hard) if value != resource.RLIM_INFINITY)]
        resource.setrlimit(kind, (min(allowed), hard))
