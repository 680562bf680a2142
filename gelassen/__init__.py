"""Gelassen: every public post gets an answer; a person approves each one.

Installed, the four rooms (crawler, responder, db, scheduler) are folded into `gelassen/_rooms`, because other
distributions own those top-level names; in a checkout they lie beside this package and nothing is added.
"""

import sys
from pathlib import Path

__version__ = "0.1.0"

_rooms = Path(__file__).with_name("_rooms")
if _rooms.is_dir() and str(_rooms) not in sys.path:
    sys.path.insert(0, str(_rooms))
