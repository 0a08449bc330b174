# make demo      the province with simulated people, in a browser (sets everything up first)
# make test      every test; the last line counts them
# make setup     the environment alone          make check    lint, types, import contracts, templates
# make rules     the tests of pure rules alone   make bench    named workloads, measured
# make cluster   on this machine a Spark cluster, a master and two workers, beside an object store, until Ctrl-C
# Python 3.11 or newer and make are enough: the database, Node and a browser for tests come as packages.

SHELL := /bin/sh
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
UV := .tools/bin/uv
NPM := .tools/bin/npm
export UV_PYTHON_DOWNLOADS := never
export UV_LINK_MODE := copy
# behind a proxy that signs for itself, the system's list of authorities is the one to trust
ifneq ($(wildcard /etc/ssl/certs/ca-certificates.crt),)
export UV_SYSTEM_CERTS := 1
export NODE_EXTRA_CA_CERTS ?= /etc/ssl/certs/ca-certificates.crt
endif
export PIP_ROOT_USER_ACTION := ignore
export PIP_BREAK_SYSTEM_PACKAGES := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup demo up test check rules bench cluster format lock clean
help:
	@sed -n '/^# make/s/^# //p' Makefile

# -- the environment: each step once, and again when what it is made from changes ----------------------
setup: .venv/.installed build/.messages build/.assets

$(UV):
	@tools/get-uv $(PYTHON)

.venv/.installed: requirements.lock pyproject.toml $(UV)
	@echo "packages ..." >&2
	@test -x $(BIN)/python || $(UV) venv -q --python $(PYTHON) .venv
	@$(UV) pip sync -q --require-hashes -p $(BIN)/python requirements.lock
	@$(UV) pip install -q -p $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

build/.messages: .venv/.installed $(wildcard src/onestop/web/*/locale/*/LC_MESSAGES/*.po)
	@echo "messages ..." >&2
	@$(BIN)/python -m onestop.config.messages
	@mkdir -p build && touch $@

# the machine's npm, else the one in a wheel
$(NPM): | $(UV)
	@tools/get-npm $(UV) $(PYTHON)

build/.assets: .venv/.installed $(NPM) $(wildcard package.json package-lock.json src/onestop/config/assets.py src/onestop/config/fonts.py) $(shell find src/onestop/web -path '*/static/*' -type f -o -path '*/assets/*' -type f 2>/dev/null)
	@echo "assets ..." >&2
	@PATH="$(CURDIR)/.tools/bin:$$PATH" $(BIN)/python -m onestop.config.assets
	@mkdir -p build && touch $@

# -- what people do ------------------------------------------------------------------------------------
demo: setup
	@exec $(BIN)/onestop demo --port $(PORT)

up: setup
	@exec $(BIN)/onestop up --port $(PORT)

test: setup
	@tools/get-checkers
	@tools/get-cluster
	@exec $(BIN)/python tests/run.py

rules: .venv/.installed
	@exec $(BIN)/python -m pytest -q -p no:django $$(find tests -name 'test_rules*.py' -o -path 'tests/*/rules/test_*.py')

bench: setup
	@exec $(BIN)/onestop bench all

cluster: .venv/.installed
	@tools/get-cluster
	@exec $(BIN)/python -m onestop.config.distributed

# -- what a linter sees --------------------------------------------------------------------------------
check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/djade --check $$(find src -path '*/templates/*.html')
	$(BIN)/mypy

format: .venv/.installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djade $$(find src -path '*/templates/*.html')

lock: $(UV)
	$(UV) pip compile -q --generate-hashes --python-version 3.11 --group dev pyproject.toml -o requirements.lock
	$(UV) pip compile -q --generate-hashes --python-version 3.11 --group pyproject.toml:cluster -o requirements-cluster.lock

clean:
	rm -rf .venv .tools build node_modules .mypy_cache .ruff_cache .import_linter_cache
