# Each target is one line that can be typed by hand; on Windows, .venv\Scripts\ stands where .venv/bin/ stands here.
PYTHON ?= python3
VENV ?= .venv
ARGS ?=
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: run app test check docs setup clean

run: $(STAMP)  ## the main job: five designs, all municipalities, 2025-2050, 20 replicates
	$(BIN)/omstilling run --out results/main --replace $(ARGS)

app: $(STAMP)  ## the laboratory in the browser
	$(BIN)/omstilling app $(ARGS)

test: $(STAMP)  ## the whole test suite
	$(BIN)/python -m pytest -n logical --maxprocesses 4 --dist loadfile $(ARGS)

check: $(STAMP)  ## style, types and the laws of the house
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

docs: $(STAMP)  ## the documentation site, build/docs/index.html
	$(BIN)/python -m sphinx -W --keep-going -b html docs build/docs $(ARGS)

setup: $(STAMP)  ## the virtual environment with the pinned set; nothing happens when it is up to date

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c "import sys; sys.exit(None if sys.version_info >= (3, 11) else 'Python 3.11 or newer is needed, this is ' + sys.version.split()[0] + '; try make PYTHON=python3.12')"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -c constraints.txt -e ".[app,dev]"
	$(PYTHON) -c "import pathlib, sys; pathlib.Path(sys.argv[1]).touch()" $(STAMP)

clean:  ## away with the environment and the caches; results stay
	$(PYTHON) -c "import shutil, sys; [shutil.rmtree(p, ignore_errors=True) for p in sys.argv[1:]]" $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
