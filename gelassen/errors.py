"""Errors that a person is meant to read: what happened, what it means, what to do. Never shown as a traceback."""

from __future__ import annotations


class UserError(Exception):
    """The answer is no. `code` is the exit code of the command line."""

    code = 1


class WrongUse(UserError):
    """The command, its arguments or the settings are wrong; nothing was done."""

    code = 2
