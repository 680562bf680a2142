"""The outlet `manual`."""
