# Two commands do everything: `make practice` (the quiz) and `make test` (the checks).
# Both create .venv and install what they need; on Windows use the pip lines in README.md.
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
LAB ?= lab4

.PHONY: practice test lint bench stress clean

practice: $(VENV)/.installed
	@$(BIN)/quizlab practice $(LAB)

test: $(VENV)/.installed-dev tests/web/node_modules/.installed lint
	$(BIN)/python -m pytest -n 2 --dist worksteal

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.installed-dev
	$(BIN)/python -m tests.bench

stress: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m stress

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.installed

# what only the tests of exports need: an accessibility checker and an independent parser; without npm they skip
tests/web/node_modules/.installed: tests/web/package-lock.json
	@if command -v npm >/dev/null; then cd tests/web && npm ci --no-audit --no-fund --silent && touch node_modules/.installed \
	|| echo "npm failed: the tests that need it will be skipped"; else echo "without npm some tests are skipped"; fi

clean:
	rm -rf tests/web/node_modules $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache
