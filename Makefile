# From nothing to a running council: `make demo`. From nothing to proof: `make test`.
# Needs Python 3.11 or newer (another one: make demo PYTHON=python3.13). All else goes into .venv.

PYTHON  ?= python3
WORKERS ?= 2
UV      ?= uv

VENV := .venv
BIN  := $(VENV)/bin
# Wheels only and every hash checked: nothing is compiled, nothing unknown comes in.
PIP  := $(BIN)/python -m pip -qq --disable-pip-version-check install
LOCK  = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --only-binary :all: --no-emit-index-url --custom-compile-command 'make lock' pyproject.toml
RECENT := import sys; sys.exit(sys.version_info < (3, 11))

# A .venv that was moved, or whose Python has gone, is set up again.
$(shell [ "$$(cat $(VENV)/.made 2>&1)" = "$(CURDIR)" ] && $(BIN)/python -c '$(RECENT)' \
        || rm -f $(VENV)/.made $(VENV)/.runtime $(VENV)/.dev)

.DEFAULT_GOAL := help
.PHONY: help demo serve migrate test check fix bench lint lock

help:  ## Say what can be made
	@sed -n 's/^\([a-z]*\):.*##/\1/p' Makefile | awk '{printf "make %-9s", $$1; $$1 = ""; print}'

demo: $(VENV)/.runtime  ## Open a council to try, in the browser
	@$(BIN)/council demo

serve: $(VENV)/.runtime  ## Serve the council (settings come from the environment)
	@$(BIN)/council serve

migrate: $(VENV)/.runtime  ## Bring the database of DATABASE_URL up to date
	@$(BIN)/council migrate

test: lint  ## Check, then run every test but the slow ones
	@echo "· all tests"
	@$(BIN)/python -m pytest -n $(WORKERS)

check: lint  ## Check format, rules, types, imports and schema; run the fast tests
	@echo "· fast tests"
	@$(BIN)/python -m pytest -n $(WORKERS) -m "not slow and not e2e and not postgres"

fix: $(VENV)/.dev  ## Format, and mend what can be mended
	@$(BIN)/ruff format --quiet
	@$(BIN)/ruff check --quiet --fix

bench: $(VENV)/.dev  ## Measure against the budgets
	@$(BIN)/python -m tests.benchmarks

lock:  ## Choose versions anew and lock them (needs uv)
	@$(LOCK) --group build --upgrade --output-file requirements.lock
	@$(LOCK) --group dev --upgrade --constraint requirements.lock --output-file requirements-dev.lock

lint: $(VENV)/.dev
	@echo "· format"
	@$(BIN)/ruff format --check --quiet --output-format concise || { echo "make fix would do it"; exit 1; }
	@echo "· rules"
	@$(BIN)/ruff check --quiet --output-format concise
	@echo "· types"
	@$(BIN)/mypy
	@echo "· imports"
	@$(BIN)/lint-imports --no-logo
	@echo "· schema: tables and migrations agree"
	@dir=$$(mktemp -d) && trap 'rm -rf "$$dir"' EXIT && export DATABASE_URL="sqlite:///$$dir/check.db" \
		&& $(BIN)/alembic upgrade head && $(BIN)/alembic check

$(VENV)/.runtime: requirements.lock pyproject.toml $(VENV)/.made
	@echo "· installing what the council runs on (locked and hashed; about a minute the first time)"
	@$(PIP) --require-hashes --only-binary :all: --requirement requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml $(VENV)/.made
	@echo "· installing what the council and its tests run on (locked and hashed; about two minutes the first time)"
	@$(PIP) --require-hashes --only-binary :all: --requirement requirements-dev.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $(VENV)/.runtime $@

# A .venv that somebody else made for this folder is kept, if it can be used.
$(VENV)/.made:
	@if grep -qsF "$(CURDIR)/$(VENV)" $(BIN)/activate && $(BIN)/python -c '$(RECENT)' 2>&1; then \
		echo "· using the .venv that is here"; \
		$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null; \
	elif $(PYTHON) -c '$(RECENT)' 2>/dev/null; then \
		echo "· making .venv with $$($(PYTHON) --version)"; \
		$(PYTHON) -m venv --clear $(VENV) || { \
			echo "No .venv could be made. Debian and Ubuntu: apt install python3-venv."; \
			echo "Two makes at the same time: let one end, then say it again."; \
			exit 1; }; \
	else \
		echo "Python 3.11 or newer is needed, and $(PYTHON) is not that: name one that is,"; \
		echo "as in: make $(or $(firstword $(MAKECMDGOALS)),demo) PYTHON=python3.13"; \
		exit 1; \
	fi
	@echo "$(CURDIR)" > $@
