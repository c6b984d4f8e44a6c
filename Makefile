# make serve   set everything up and serve the seed incident      make test    set up what tests need and run them
# make setup   only set up                                        make lint    ruff and mypy
# make bench   run the benchmarks                                 make clean   remove what set-up made here
# make train   train the place-name tagger anew (build/training; training/README.md says what it needs)
# make train-claims   train the second reader of claims anew (training/claims/README.md)
# Options: PYTHON=/path/to/python3  VENV=folder  HOST=127.0.0.1  PORT=8000  TESTS="tests/web -k embed"

VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8000
TESTS ?=
export VENV

FITS = import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in $(VENV)/bin/python python3 python3.11 python3.12 python3.13 python3.14 python; do \
	$$p -c '$(FITS)' 2>/dev/null && $$p -c 'import ensurepip' 2>/dev/null && echo $$p && exit; done; \
	for p in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$p -c '$(FITS)' 2>/dev/null && echo $$p && exit; done)
SETUP = $(or $(PYTHON),$(error geomap needs Python 3.11 or later: none found; name one with PYTHON=/path/to/python3)) \
	tools/setup.py

.PHONY: setup serve test lint bench train train-claims clean

setup:
	@$(SETUP)

serve:
	@$(SETUP)
	@$(VENV)/bin/geomap serve --host $(HOST) --port $(PORT)

test:
	@$(SETUP) --dev
	@$(VENV)/bin/python -m pytest $(TESTS)

lint:
	@$(SETUP) --dev --software
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy

bench:
	@$(SETUP) --dev
	@$(VENV)/bin/python -m benchmarks

train:
	@$(firstword $(SETUP)) -m training

train-claims:
	@$(SETUP) --dev
	@$(firstword $(SETUP)) -m training.claims

clean:
	rm -rf $(VENV) node_modules static/vendor .pytest_cache .mypy_cache .ruff_cache .hypothesis build geomap.egg-info
