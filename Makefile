# Everyday verbs. `make` alone lists them; each one sets up what it needs first.

SHELL := /bin/bash
PYTHON ?= python3
JOBS ?= $(shell n=$$(nproc); echo $$((n < 8 ? n : 8)))
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# The main job that `make demo` runs after showing the role matrix.
STUDY := studies/right-sizing.yaml

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url $(if $(UPGRADE),--upgrade)
PYTEST := $(BIN)/pytest -n $(JOBS) --dist loadfile

.PHONY: help setup demo test check check-full bench serve format lock
.DEFAULT_GOAL := help

help: ## list the verbs
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

setup: $(READY) ## create .venv from the locked requirements (quick when nothing changed)

demo: setup ## set-up and main job: the cited role matrix, then packages of measures compared in a brief
	$(BIN)/stepdown record show roles --lang en
	$(BIN)/stepdown record show roles --lang ja
	$(BIN)/stepdown run $(STUDY)

test: setup ## set-up and the quick tier of the tests
	$(PYTEST) -m "not slow"

check: setup ## format, lint, strict types, import contracts, tests: before every commit
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PYTEST) -m "not slow"

check-full: check ## check, and the slow tier: kill, load, fuzz, empty environments
	$(PYTEST) -m slow

bench: setup ## run every script in benchmarks/, one after the other
	@shopt -s nullglob; scripts=(benchmarks/[!_]*.py); \
	(($${#scripts[@]})) || { echo "benchmarks/ holds no script yet" >&2; exit 1; }; \
	for script in "$${scripts[@]}"; do echo "== $$script"; $(BIN)/python -m "benchmarks.$$(basename "$$script" .py)" || exit; done

serve: setup ## the web app on this machine
	$(BIN)/stepdown serve

format: setup ## let ruff rewrite what it can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: setup ## renew requirements/ after a change in pyproject.toml; UPGRADE=1 also moves to new versions
	$(COMPILE) pyproject.toml --group dev --output-file requirements/dev.txt
	$(COMPILE) pyproject.toml --constraints requirements/dev.txt --output-file requirements/runtime.txt
	$(COMPILE) --group bootstrap --constraints requirements/dev.txt --output-file requirements/bootstrap.txt

# pip fetches only the locked uv; uv then makes .venv equal to the lock, and the project joins it editable.
$(READY): pyproject.toml requirements/bootstrap.txt requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else \
		"stepdown needs Python 3.11 or later: make PYTHON=/path/to/python3")'
	@test -x $(BIN)/uv || { $(PYTHON) -m venv $(VENV) && \
		$(BIN)/python -m pip install --quiet --require-hashes -r requirements/bootstrap.txt; }
	$(BIN)/uv pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements/dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q src
	@touch $@
