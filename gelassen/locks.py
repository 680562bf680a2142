"""One daemon per data folder: a file lock that the kernel takes back when its holder dies."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType

from gelassen.errors import UserError
from gelassen.home import LOCK_NAME


class FolderLock:
    """The lock of a data folder. Waiting is the caller's affair: `take` never blocks."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / LOCK_NAME
        self.handle: int | None = None

    def take(self) -> bool:
        """Whether the lock is ours now. Raises `UserError` when the folder cannot be written to."""
        if self.handle is not None:
            return True
        try:
            handle = os.open(self.file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise UserError(
                f"{self.file} cannot be opened ({error.strerror}). Use the account that the data folder belongs to."
            ) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        self.handle = handle
        return True

    def holder(self) -> str:
        """The process id of whoever took the lock last, for people."""
        try:
            return self.file.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def release(self) -> None:
        """Let the next one in."""
        if self.handle is not None:
            os.close(self.handle)
            self.handle = None

    def __enter__(self) -> FolderLock:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.release()
