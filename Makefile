# Each target sets up what it needs in .venv, from a plain clone with Python 3.11 or newer.

PYTHON ?= python3
DATA ?= ../shared/data
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DELETE_ON_ERROR:
.PHONY: help demo test lint types bench model clean

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
	$(BIN)/python -m pytest

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

clean:  ## remove what make made
	rm -rf .venv demo build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "onrecord needs Python 3.11 or newer: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv

.venv/run.stamp: pyproject.toml | .venv/bin/python
	$(PIP) --editable .
	@touch $@

.venv/dev.stamp: pyproject.toml | .venv/bin/python
	$(PIP) --editable '.[dev]'
	@touch $@ .venv/run.stamp

.venv/training.stamp: pyproject.toml | .venv/bin/python
	$(PIP) --editable '.[training,dev]'
	@touch $@ .venv/run.stamp
