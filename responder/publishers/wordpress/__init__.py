"""The outlet `wordpress`."""
