"""Benchmarks: each compares ours with a floor in one run, both in processor time, and prints one JSON line a figure.

`python -m bench` (or `make bench`) runs them all, `python -m bench.ingest` one of them. A figure has the medians of all
rounds for the floor and for ours, the median of their ratio with its smallest and largest, and the goal, `null` where
there is none. `BENCH_SCALE=0.01` makes everything so much smaller: then it only shows that it still runs.
"""
