"""Bringing a history in and taking it out again: JSON Lines and CSV."""
