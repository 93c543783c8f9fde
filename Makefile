# Each target sets up what it needs in .venv, from a plain clone with Python 3.11 or newer.

PYTHON ?= python3
DATA ?= ../shared/data
# How long `make fuzz` looks for inputs, for each of its targets.
SECONDS ?= 600
EXTRAS := calendar dev fuzz network postgresql tables web
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DELETE_ON_ERROR:
.PHONY: help demo test fuzz lint types bench model sums lock audit sbom clean

help:  ## this list
	@grep -E '^[a-z]+: .*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 14

demo: .venv/run.stamp  ## the record and the brief of the example reports, in ./demo
	@mkdir -p demo
	@$(BIN)/onrecord build examples/drawdown --json demo/record.json --brief demo/brief.md
	@echo "The record:  demo/record.json"
	@echo "The brief:   demo/brief.md, which begins:"
	@echo
	@sed -n '1,48p' demo/brief.md

test: .venv/dev.stamp  ## the tests
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

fuzz: .venv/dev.stamp  ## look for inputs that break reading or annotating, SECONDS for each of three targets
	$(BIN)/python -m tests.fuzz reading --seconds $(SECONDS) --corpus build/corpus/reading
	$(BIN)/python -m tests.fuzz rules --seconds $(SECONDS) --corpus build/corpus/rules
	$(BIN)/python -m tests.fuzz annotating --seconds $(SECONDS) --corpus build/corpus/annotating

lint: .venv/dev.stamp  ## style, format, and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache

types: .venv/dev.stamp  ## mypy, strict
	$(BIN)/mypy

bench: .venv/dev.stamp  ## every layer scored on the development data, against its floor
	$(BIN)/python bench/quality.py --data $(DATA)

model: .venv/training.stamp  ## train the encoder again and put it into onrecord/data
	$(BIN)/python -m training.train --data $(DATA)/annotator --out build/annotator.pt
	$(BIN)/python -m training.export --weights build/annotator.pt --out onrecord/data
	$(BIN)/python -m training.plover --data $(DATA)/events/plover_train.jsonl
	$(BIN)/python -m training.calibrate --data $(DATA) --model onrecord/data/model.onnx

sums: .venv/run.stamp  ## the digests against which the large files of the package are checked
	$(BIN)/python -m training.sums

lock: .venv/supply.stamp  ## the newest versions of all libraries, with their hashes, into requirements.lock
	$(BIN)/pip-compile --quiet --no-header --generate-hashes --strip-extras --all-build-deps --allow-unsafe \
		--unsafe-package onrecord $(addprefix --extra=,$(EXTRAS)) --no-emit-index-url --no-emit-trusted-host \
		--no-emit-find-links --output-file requirements.lock pyproject.toml

audit: .venv/supply.stamp  ## the locked versions against the public list of known weaknesses; needs the network
	$(BIN)/pip-audit --strict --require-hashes --disable-pip --requirement requirements.lock

sbom: .venv/supply.stamp  ## what is in onrecord and what it needs, as CycloneDX, in build/sbom.json
	@mkdir -p build
	$(BIN)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --output-reproducible \
		--of JSON --output-file build/sbom.json
	$(BIN)/python -m training.sums --sbom build/sbom.json

clean:  ## remove what make made
	rm -rf .venv demo build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "onrecord needs Python 3.11 or newer: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv

.venv/run.stamp: pyproject.toml | .venv/bin/python
	$(PIP) --editable .
	@touch $@

# With LOCKED=1 exactly the versions of requirements.lock, each checked against its hash; else the newest that fit.
.venv/dev.stamp: pyproject.toml $(if $(LOCKED),requirements.lock) | .venv/bin/python
ifdef LOCKED
	$(PIP) --require-hashes --requirement requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
else
	$(PIP) --editable '.[dev]'
endif
	@touch $@ .venv/run.stamp

.venv/supply.stamp: pyproject.toml | .venv/bin/python
	$(PIP) --editable '.[supply]'
	@touch $@ .venv/run.stamp

.venv/training.stamp: pyproject.toml | .venv/bin/python
	$(PIP) --editable '.[training,dev]'
	@touch $@ .venv/run.stamp
