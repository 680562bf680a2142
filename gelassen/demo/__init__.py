"""The demo: a small review platform served by the program itself, and `gelassen demo`, which answers there."""
