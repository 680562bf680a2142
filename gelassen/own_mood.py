"""The business's own model of moods in the data folder: used while it fits, the built-in one otherwise."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from gelassen.errors import UserError

if TYPE_CHECKING:
    from responder.reading.linear import Linear

BUILT_IN = "Posts are read with the built-in model of moods."


class OwnMood:
    """The model in `file`, read again when the file changes, so that a running worker follows `gelassen train`.

    `told` hears, once a file, why it cannot be used.
    """

    def __init__(self, file: Path, told: Callable[[str], None] = lambda _: None) -> None:
        self.file, self.told = file, told
        self._seen: tuple[int, int] | None = None
        self._model: Linear | None = None

    def model(self) -> Linear | None:
        """The model to read with; None, for the built-in one, when there is none or it cannot be used."""
        seen = self._stamp()
        if seen != self._seen:
            self._seen = seen
            self._model, trouble = self._load()
            if trouble:
                self.told(trouble)
        return self._model

    def finding(self) -> tuple[str, str] | None:
        """For the doctor: why the file cannot be used, and what mends it."""
        _, trouble = self._load()
        return (trouble, "gelassen train") if trouble else None

    def keep(self, content: bytes) -> None:
        """Put a new model in place at once: whoever reads meanwhile sees the old one or the new one, whole.

        Raises `UserError` when it cannot be written.
        """
        partial = self.file.with_name(f".{self.file.name}.{os.getpid()}")
        try:
            partial.touch(mode=0o600)
            partial.write_bytes(content)
            os.replace(partial, self.file)
        except OSError as error:
            raise UserError(f"{self.file} could not be written: {error.strerror}. Posts are read as before.") from error
        finally:
            partial.unlink(missing_ok=True)

    def _stamp(self) -> tuple[int, int] | None:
        try:
            found = self.file.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size

    def _load(self) -> tuple[Linear | None, str]:
        """The model, or why there is none although there is a file."""
        from responder.reading.linear import ModelUnreadable
        from responder.reading.own_model import from_content

        try:
            return from_content(self.file.read_bytes()), ""
        except FileNotFoundError:
            return None, ""
        except OSError as error:
            return None, f"{BUILT_IN} {self.file} cannot be read: {error.strerror}."
        except ModelUnreadable as error:
            return None, f"{BUILT_IN} {self.file.name}: {error}"
