# What a person types. On a fresh machine with Python 3.11 and make:
#   make demo    sets everything up in .venv and serves a ledger of example documents
#   make test    sets up and runs every check and test (make test-long: and those that take an hour)

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
COMPILE = $(BIN)/uv pip compile --quiet --generate-hashes --universal --no-header --python-version 3.11
PORT := 8000
KILLS := 50
BULK_KILLS := 10

.DEFAULT_GOAL := help
.PHONY: help demo test test-long lint schema docs bench bench-ledger bench-bulk lock setup chromium postgresql java clean

help:
	@echo "make demo    set up, fill a ledger with the example documents, and serve it (PORT=8000)"
	@echo "make test    set up and run every check and test"
	@echo "make test-long    kill every step of the ledger 50 times on each database (KILLS=50), of a bulk job 10 times (BULK_KILLS=10)"
	@echo "make lint    ruff, mypy and the import contracts"
	@echo "make schema  write schemas/record.schema.json from the model"
	@echo "make docs    write what the documentation takes from the code: outputs, reference"
	@echo "make bench   time the reader against the bare parser (CORPUS=documents.jsonl.gz)"
	@echo "make bench-bulk  time bulk with one and two workers against the plain reader (CORPUS=documents.jsonl.gz)"
	@echo "make bench-ledger  fill a ledger and time its pages, on SQLite and PostgreSQL (CORPUS=documents.jsonl.gz)"
	@echo "make lock    pin the newest packages in requirements*.lock"

demo: $(VENV)/.runtime
	@$(BIN)/python examples/partnership/fill.py build/demo-ledger $(PORT)
	@$(BIN)/communique serve --data build/demo-ledger --port $(PORT)

test: lint chromium postgresql java
	$(BIN)/python -m pytest -n 2 --dist loadgroup
	$(BIN)/python tools/cluster.py $(BIN)/python -m pytest -n 2 -m both_databases tests/ledger

# What a killed process may leave behind, drawn often: see tests/ledger/faults.
test-long: setup postgresql java
	COMMUNIQUE_KILLS=$(BULK_KILLS) COMMUNIQUE_DOCUMENTS=500 $(BIN)/python -m pytest tests/bulk
	COMMUNIQUE_KILLS=$(KILLS) $(BIN)/python -m pytest -n 2 tests/ledger/faults
	COMMUNIQUE_KILLS=$(KILLS) $(BIN)/python tools/cluster.py $(BIN)/python -m pytest -n 2 -m both_databases tests/ledger/faults

lint: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

schema: setup
	@mkdir -p schemas
	$(BIN)/communique schema > schemas/record.schema.json

docs: schema
	$(BIN)/python docs/generate.py

bench: setup
	$(BIN)/python benchmarks/reading.py $(CORPUS)

# More is asked for with BENCH="--documents 1000 --sizes 1000,5000,20000".
bench-bulk: setup java
	$(BIN)/python benchmarks/bulk.py $(CORPUS) $(BENCH)

# More is asked for with BENCH="--documents 20000 --minutes 10 --requests 100".
bench-ledger: setup postgresql
	$(BIN)/python benchmarks/ledger.py $(CORPUS) $(BENCH)
	$(BIN)/python tools/cluster.py --durable $(BIN)/python benchmarks/ledger.py $(CORPUS) $(BENCH)

setup: $(VENV)/.dev

# A stamp says which lock is installed, so that a second call has nothing to do.
$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes --no-deps -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	$(PIP) install --require-hashes --no-deps -r requirements-dev.lock
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# The browser tests need a browser. Without one they are skipped, except where CI=true.
chromium:
	@command -v chromium >/dev/null || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && apt-get update -qq \
	  && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null; } \
	|| { \
	  echo "chromium is not here and could not be installed: the browser tests have nothing to run in" >&2; \
	  [ "$$CI" != true ]; }

# What is the same on both databases is tested on both. Without PostgreSQL that is skipped, except where CI=true.
postgresql:
	@ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && apt-get update -qq \
	  && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null; } \
	|| { \
	  echo "postgresql is not here and could not be installed: the ledger is tested on SQLite only" >&2; \
	  [ "$$CI" != true ]; }

# Spark runs on Java. Without it the tests of `communique bulk` are skipped, except where CI=true.
java:
	@command -v java >/dev/null || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && apt-get update -qq \
	  && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >/dev/null; } \
	|| { \
	  echo "Java is not here and could not be installed: bulk has nothing to run on" >&2; \
	  [ "$$CI" != true ]; }

$(BIN)/uv: | $(BIN)/python
	$(PIP) install uv

lock: $(BIN)/uv
	$(COMPILE) pyproject.toml --upgrade --output-file requirements.lock
	$(COMPILE) pyproject.toml --extra dev --extra frames --extra spark --constraint requirements.lock --output-file requirements-dev.lock
	@! grep -nE '://|^--' requirements*.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
