# The one door. `make help` lists the verbs; each installs what it needs, once, and is safe to repeat.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory --no-builtin-rules -j3 # what waits for the network waits beside the rest
.DEFAULT_GOAL := help

export PORT ?= 8000
export PATH := $(CURDIR)/.venv/bin:$(PATH)
unexport PYTHONDONTWRITEBYTECODE # else each process that the tests start reads every module's text anew
PYTHON ?= python3
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check
HASHED := --quiet --no-deps --require-hashes
# uv takes a tenth of pip's time, but reads none of pip's settings: an index that they name is told to it, and where they name none to ask,
# or where uv can't, pip does it. What it fetched is kept for no other folder, which could change it.
SAYS = $$($(PIP) config list | sed -nE "s/^(global|install|:env:)[.]$(1)='(.*)'/\2/p" | tail -n 1)
install = from="$${UV_DEFAULT_INDEX:-$${PIP_INDEX_URL:-$(call SAYS,index-url)}}"; \
	{ [ -x .venv/bin/uv ] && [ -z "$(call SAYS,no-index)" ] && UV_DEFAULT_INDEX="$$from" .venv/bin/uv pip install --no-cache --python $(PY) $(HASHED) $(1); } \
	|| $(PIP) install --quiet $(HASHED) $(1)
COMPILE := .venv/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host
WORKERS ?= $(if $(filter check,$(MAKECMDGOALS)),2,3) # a test with a page waits now and then, so there is one more of them than cores
# Databases of tests lie in memory where there is plenty: every commit waits for its disk.
MEMORY := $(shell free=$$(df -k --output=avail /dev/shm 2>/dev/null | tail -n 1); \
	[ "$${free:-0}" -gt 4000000 ] && [ -w /dev/shm ] && echo /dev/shm)
PYTEST := PYTEST_DEBUG_TEMPROOT=$(MEMORY) $(PY) -m pytest -q

.PHONY: help run demo test check shots bench build manifest format lock clean chromium
.PHONY: pages lint types scripts walls tests

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## start Alongside on PORT (8000) and say what to do first
	@exec $(PY) -m app.cli serve

# Pages of its own, since an invented organisation is reached elsewhere and `make run` may be serving the others.
demo: export ALONGSIDE_BUILD := $(CURDIR)/build/demo
demo: export ALONGSIDE_CONTACT := hello@example.org
demo: build ## the same with a fictional organisation in it
	@exec $(PY) -m demo

build: pages ## install what the server needs and build its pages

check: .venv/.release pages lint types scripts walls ## the quick checks, on SQLite alone, under a minute
	@$(PYTEST) -n $(WORKERS) tests/unit tests/property tests/architecture -m "not slow" -k "not postgres"

test: types tests ## everything, as it must pass before it lands

# The types are read beside the tests: one core alone would be at it for twenty seconds.
tests: .venv/.release pages chromium | lint scripts walls
	@$(PYTEST) -n $(WORKERS) --gate tests

shots: .venv/.dev pages chromium ## pictures of every page, narrow and wide, light and dark (ONLY=name)
	@$(PY) -m tests.shots $(ONLY)

bench: .venv/.release pages chromium ## speeds beside their limits (ONLY=name for one row)
	@$(PY) -m bench $(ONLY)

manifest: build ## list each page and script of this release, to be signed by the roots
	@$(PY) -m app.cli manifest

format: .venv/.dev ## put the Python into one shape
	@ruff check --fix --quiet . && ruff format --quiet .

lock: .venv/.dev ## pin newer packages, with their hashes
	@$(COMPILE) --upgrade --output-file requirements.txt requirements.in
	@$(COMPILE) --upgrade --output-file requirements-dev.txt requirements-dev.in
	@$(COMPILE) --upgrade --output-file requirements-release.txt requirements-release.in
	@$(COMPILE) --upgrade --output-file requirements-node.txt requirements-node.in
	@$(COMPILE) --upgrade --output-file requirements-uv.txt requirements-uv.in
	@npm install --package-lock-only --ignore-scripts

clean: ## remove what was installed or built, keep the database
	@rm -rf .venv node_modules static/vendor build .hypothesis .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

pages: .venv/.server static/vendor/.made
	@$(PY) -m app.cli build

lint: .venv/.dev
	@ruff check . && ruff format --check --quiet .

types: .venv/.release
	@mypy

scripts: static/vendor/.made
	@node_modules/.bin/tsc --project tsconfig.json

walls: .venv/.release
	@lint-imports --no-cache

# Installing. A stamp is newer than the lock it was made from, so a second run does nothing. One pip at a time writes into .venv.

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "Alongside needs Python 3.11 or newer. Install it, or name it: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv \
		|| { echo "Python could not make a virtual environment. On Debian: apt-get install python3-venv"; exit 1; }

.venv/.uv: requirements-uv.txt | .venv/bin/python
	@$(PIP) install --quiet $(HASHED) -r requirements-uv.txt || { rm -f .venv/bin/uv; echo "Going on without uv: pip takes longer."; }
	@touch $@

.venv/.node: requirements-node.txt | .venv/.uv
	@command -v npm >/dev/null || { echo "No Node here: installing one into .venv (once)."; $(call install,-r requirements-node.txt); }
	@touch $@

.venv/.server: requirements.txt | .venv/.node
	@echo "Installing the server's packages (once)."
	@$(call install,--compile -r requirements.txt)
	@touch $@

.venv/.dev: requirements-dev.txt requirements-readers.txt .venv/.server
	@echo "Installing the packages for tests (once)."
	@$(call install,--no-compile -r requirements-dev.txt -r requirements-readers.txt)
	@touch $@

.venv/.release: requirements-release.txt .venv/.dev
	@echo "Installing the packages for releases (once)."
	@$(call install,--no-compile -r requirements-release.txt)
	@touch $@

node_modules/.made: package-lock.json .npmrc .venv/.node
	@npm ci --silent
	@touch $@

static/vendor/.made: node_modules/.made static/vendor.py
	@$(PY) static/vendor.py
	@touch $@

chromium:
	@[ -n "$${CHROMIUM:-}" ] || command -v chromium-headless-shell >/dev/null || tests/support/install-chromium
