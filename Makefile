# Seamline: `make run` starts the portal, `make test` runs every test. Both set up what they need; a second
# run starts in seconds. `make help` lists the rest.

PYTHON ?= python3
SEAMLINE_VENV ?= .venv
# Options for `flask demo` when `make run` makes the demo world, such as DEMO="--factories 12 --weeks 60".
DEMO ?=
# Options for `make disclosure`, such as ATTACKS="--seeds 1" or ATTACKS=--dissenting.
ATTACKS ?=
# Further arguments for pytest, such as TESTS="tests/scoring -k pooling".
TESTS ?=

# Files of tests run side by side, in three processes: on two cores one of them often waits, for a browser or a clock.
SIDE_BY_SIDE = -n 3 --dist loadfile

VENV = $(SEAMLINE_VENV)
BIN = $(VENV)/bin
FLASK = $(BIN)/python -m flask --app app
FOR_RUN = $(VENV)/.installed-run
FOR_DEV = $(VENV)/.installed-dev

.PHONY: help run test test-postgres check bench disclosure format clean

help:
	@echo 'make run     set up, make a demo world if there is none, start the portal'
	@echo 'make test    set up, then run every test, those in a real browser included'
	@echo 'make test-postgres  the same, with the state of every test on a PostgreSQL server that is started for it'
	@echo 'make check   style, types, architecture, dependencies'
	@echo 'make bench   print how long things take, as ratios'
	@echo 'make disclosure  attack what is released, in full (docs/privacy.md says how long that takes)'
	@echo 'make format  put the code in the house style'
	@echo 'make clean   remove what the tools leave behind; your data and $(VENV) stay'

run: $(FOR_RUN)
	@if $(BIN)/python -c 'from flask.cli import load_dotenv; load_dotenv(); from data.home import Home; from data.settings import Settings; raise SystemExit(not Home(Settings().home).is_empty)'; then \
	  echo 'Making the demo world (about a minute, only this once).' && $(FLASK) demo $(DEMO); \
	fi
	@exec $(FLASK) serve

test: $(FOR_DEV)
	@$(BIN)/python -m tests.browser.chromium
	@$(BIN)/python -m pytest $(SIDE_BY_SIDE) $(TESTS)

test-postgres: $(FOR_DEV)
	@$(BIN)/python -c 'from tests.postgres import MISSING, programs; raise SystemExit(None if programs() else MISSING)'
	@$(BIN)/python -m tests.browser.chromium
	@SEAMLINE_TEST_STATE=postgresql $(BIN)/python -m pytest $(TESTS)

check: $(FOR_DEV)
	@$(BIN)/ruff check --quiet --output-format concise .
	@$(BIN)/ruff format --quiet --check . || { echo 'Some files are not in the house style: run `make format`.' >&2; exit 1; }
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo >$(VENV)/layers.log || { cat $(VENV)/layers.log; exit 1; }
	@NO_COLOR=1 $(BIN)/deptry . 2>$(VENV)/deptry.log || { cat $(VENV)/deptry.log >&2; exit 1; }
	@echo 'Style, types, architecture and dependencies are in order.'

bench: $(FOR_DEV)
	@$(BIN)/python -m bench
	@$(BIN)/python -m bench.large
	@$(BIN)/python -m bench.effects
	@$(BIN)/python -m bench.click
	@$(BIN)/python -m bench.suppliers

disclosure: $(FOR_DEV)
	@$(BIN)/python -m tests.disclosure.attacks $(ATTACKS)

format: $(FOR_DEV)
	@$(BIN)/ruff check --quiet --fix . || true
	@$(BIN)/ruff format .

clean:
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis test-results
	@find . -path ./$(VENV) -prune -o -name __pycache__ -type d -print | xargs rm -rf

$(VENV)/.made:
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	  echo 'Seamline needs Python 3.11 or newer, and $(PYTHON) was not found. Install it, or name one: make PYTHON=/path/to/python3' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' || { \
	  echo "Seamline needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) -V 2>&1). Name a newer one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo 'The venv module of Python is missing. Install it with: apt-get install python3-venv' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(FOR_RUN): $(VENV)/.made requirements.txt
	@echo 'Installing what Seamline needs into $(VENV) (a minute or two, only when requirements.txt changed).'
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -r requirements.txt
	@touch $@

$(FOR_DEV): $(VENV)/.made requirements.txt requirements-dev.txt
	@echo 'Installing what Seamline and its tests need into $(VENV) (a few minutes, only when requirements changed).'
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -r requirements-dev.txt
	@touch $(FOR_RUN) $@
