# What a newcomer needs: `make demo` and `make test`. `make` alone lists everything.

PORT ?= 8000
DATA ?= ./data
SCENARIO ?= snowstorm
PYTHON ?= python3

BIN := .venv/bin
UV := $(BIN)/uv pip install --quiet --system-certs --python $(BIN)/python
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" NODE_OPTIONS=--use-system-ca npm
VENDOR := src/gemensam/web/static/vendor/.copied
MAP := src/gemensam/picture/static/picture/map/kommuner.json
CATALOGUES := $(wildcard src/gemensam/*/locale/*/LC_MESSAGES/django.po)
SOURCES := src tests scripts $(wildcard bench)

.DEFAULT_GOAL := help
.PHONY: help setup dev browser demo demo-reset test check lint messages bench soak lock

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

setup: .venv/.python $(VENDOR) $(MAP) $(CATALOGUES:.po=.mo) ## install what running the program needs

dev: .venv/.python-dev node_modules/.npm-dev setup ## install what tests and checks need as well

demo: setup ## start a demonstration at http://localhost:$(PORT) with its data in $(DATA); SCENARIO=7-april, both
	$(BIN)/gemensam demo --data "$(DATA)" --port "$(PORT)" --scenario "$(SCENARIO)"

demo-reset: ## remove the demonstration's data
	@scripts/remove-data "$(DATA)"

test: dev browser ## run the tests: browser stories, the rest on SQLite, what touches the database on PostgreSQL
	$(BIN)/python scripts/run_tests.py

check: lint browser ## all that CI runs: style, types, import contracts, catalogues, every test
	$(BIN)/python scripts/run_tests.py --check

lint: dev
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy $(SOURCES)
	$(BIN)/lint-imports
	$(BIN)/python scripts/messages.py check

messages: .venv/.python ## bring the catalogues (APP=name for one) up to date with the sources, and compile them
	$(BIN)/python scripts/messages.py update $(APP)

bench: dev ## measure what docs/performance.md promises
	$(BIN)/python -m bench

soak: dev ## kill the server 200 times under load and the worker 100 times in a call-out, and look for what was lost
	$(BIN)/python -m tests.soak

lock: .venv/.python ## pin the newest packages that fit the .in files (UPGRADE= keeps what is pinned)
	scripts/lock $(UPGRADE)
UPGRADE = --upgrade

# What the commands above need ----------------------------------------------------------------------------------------

.venv/.made:
	@scripts/make-venv "$(PYTHON)" .venv
	@touch $@

.venv/.python: .venv/.made requirements-uv.txt requirements.txt pyproject.toml
	@echo "Installing Python packages …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.txt
	@$(UV) --require-hashes -r requirements.txt
	@$(UV) --offline --no-build-isolation --no-deps -e .
	@touch $@

.venv/.python-dev: requirements-dev.txt | .venv/.python
	@echo "Installing the tools of tests and checks …"
	@$(UV) --require-hashes -r requirements-dev.txt
	@touch $@

# npm starts from an empty folder each time, so both marks are made anew.
node_modules/.npm: package.json package-lock.json | .venv/.python
	@echo "Installing front-end libraries …"
	@$(NPM) ci --omit=dev --silent
	@touch $@

node_modules/.npm-dev: package.json package-lock.json | .venv/.python
	@echo "Installing front-end libraries and their checks …"
	@$(NPM) ci --silent
	@touch node_modules/.npm $@

$(VENDOR): node_modules/.npm scripts/vendor.py
	@$(BIN)/python scripts/vendor.py
	@touch $@

$(MAP): scripts/map_data.py .venv/.python
	@$(BIN)/python scripts/map_data.py
	@touch $@

%.mo: %.po scripts/messages.py | .venv/.python
	@$(BIN)/python scripts/messages.py compile
	@touch $@

browser:
	@scripts/need-browser
