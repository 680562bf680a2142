"""The outlet `demo`."""
