# The two commands of a fresh machine are `make run` and `make test`; everything else serves whoever works on it.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCK := --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options \
        --strip-extras --no-header --allow-unsafe --quiet

.PHONY: run setup test check bench fuzz lock clean

run: setup  ## set up, migrate, load the demo, start web and worker on http://localhost:8000
	$(BIN)/opentusk serve --demo

setup: $(VENV)/.installed node_modules/.installed  ## everything `run` needs, in .venv and node_modules

$(VENV)/.installed: requirements.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

node_modules/.installed: package-lock.json package.json
	npm ci --silent --no-audit --no-fund
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

test: setup $(VENV)/.installed-dev  ## every test, on SQLite and on PostgreSQL, in a real browser too
	tests/run

check: setup $(VENV)/.installed-dev  ## what must hold before a push, in under a minute
	$(BIN)/ruff format --check opentusk tests manage.py
	$(BIN)/ruff check opentusk tests manage.py
	$(BIN)/mypy opentusk
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check
	$(BIN)/djlint --quiet --lint opentusk
	$(BIN)/pytest -q -x tests/architecture

bench: setup $(VENV)/.installed-dev  ## the speeds, each with its size, as medians
	$(BIN)/python -m tests.benchmarks

fuzz: setup $(VENV)/.installed-dev  ## ten thousand odd requests at the CKAN door: no bug, no leak
	OPENTUSK_CKAN_FUZZ=10000 $(BIN)/pytest -q -s -k no_request tests/journeys/test_ckan_fuzz.py

lock:  ## write the lock files anew from pyproject.toml
	$(BIN)/pip-compile $(LOCK) --output-file requirements.txt pyproject.toml
	$(BIN)/pip-compile $(LOCK) --extra dev --output-file requirements-dev.txt pyproject.toml

clean:  ## forget the set-up and the demo; what people published is in var too, so it asks first
	@read -p "Cancello .venv, node_modules e var (dati compresi)? [sì/no] " answer && [ "$$answer" = "sì" ]
	rm -rf $(VENV) node_modules var
