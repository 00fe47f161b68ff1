# What one does with the project, from a fresh clone on; every target sets up what it needs.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
SET_UP := .venv/.set-up
EXTRACTOR_SHARED ?= ../shared
GOLD = $(wildcard tests/gold/gold.jsonl $(EXTRACTOR_SHARED)/eval/gold/dev.jsonl)
export EXTRACTOR_SHARED

.PHONY: all help setup run test check fmt eval golden bench train docs clean

all: check test  ## what every change must pass

help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## (.*)/  \1\t\2/' | expand -t 12

setup: $(SET_UP)  ## make .venv with the exact versions of constraints.txt

$(SET_UP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; name it: make PYTHON=/path/to/python3.11"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --group dev --editable .
	touch $@

run: $(SET_UP)  ## extract the sample texts of data/raw into data/out
	$(BIN)/extractor run data/raw -o data/out --csv --update

test: $(SET_UP)  ## run all tests
	$(BIN)/python -m pytest

check: $(SET_UP)  ## format, lint, types, who may import whom
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fmt: $(SET_UP)  ## format the code and mend what can be mended
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .

eval: $(SET_UP)  ## measure on all annotated texts at hand
	@test -n "$(strip $(GOLD))" || { echo "No annotated texts: neither tests/gold/*.jsonl nor EXTRACTOR_SHARED=$(EXTRACTOR_SHARED)"; exit 1; }
	@for gold in $(GOLD); do \
	  echo "$$gold"; \
	  $(BIN)/extractor run $$gold -o data/out/eval/$$(basename $$gold .jsonl) --update --quiet || exit $$?; \
	  $(BIN)/extractor evaluate $$gold data/out/eval/$$(basename $$gold .jsonl) || exit $$?; \
	done

golden: $(SET_UP)  ## write the frozen outputs and the schema anew; the diff is the review
	EXTRACTOR_GOLDEN=write $(BIN)/python -m pytest tests/test_golden.py tests/io/test_schema.py

bench: $(SET_UP)  ## measure speed, memory and start-up
	$(BIN)/python -m benchmarks.bench

train: $(SET_UP)  ## make the shipped models anew (needs what training/README.md lists)
	$(BIN)/python -m pip install --quiet --requirement training/requirements.txt
	$(BIN)/python -m training.train accurate
	$(BIN)/python -m training.train fast

docs: $(SET_UP)  ## build the documentation into site/
	$(BIN)/mkdocs build --strict --quiet

clean:  ## remove what can be made again
	rm -rf data/out site build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache benchmarks/cache
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
