# Two commands do everything: `make practice` (the quiz) and `make test` (the checks).
# Both create .venv and install what they need. `make practice` is `python start.py`, which needs no make.
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
LAB ?= lab4

.PHONY: practice test lint bench stress proofs nightly matrix fresh release clean

practice:
	@$(PYTHON) start.py $(LAB)

test: $(VENV)/.installed-dev tests/web/node_modules/.installed lint
	$(BIN)/python -m pytest -n 3 --dist worksteal

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.installed-dev
	$(BIN)/python -m tests.bench

stress: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m stress

# the proofs that come with quizlab, computed anew; the files change where a proof says something else
proofs: $(VENV)/.installed-dev
	$(BIN)/python -m tools.proofs

# every question with all its variants: 1000 is as many as `quizlab check` lets a question have
nightly: $(VENV)/.installed-dev
	mkdir -p build
	$(BIN)/quizlab verify --all --variants 1000 --junit build/nightly.xml
	$(BIN)/python -m tools.proofs --check

# the lowest versions that pyproject.toml allows, in an environment of their own; what drifts from the recorded proofs
matrix: $(VENV)/.installed-dev
	$(BIN)/python -m tools.matrix lowest

# seconds and bytes from a fresh clone to the first question and to the first live proof
fresh: $(VENV)/.installed-dev
	$(BIN)/python -m tools.fresh

# what a release publishes: the wheel, and what a phone can use by itself
release: $(VENV)/.installed-dev
	rm -rf dist && mkdir dist
	$(BIN)/python -m tools.proofs --check
	$(BIN)/quizlab verify --all
	$(BIN)/quizlab export --html -o dist/vjezba.html
	$(BIN)/quizlab export --sheet lab3 -o dist/podsjetnik-lab3.html
	$(BIN)/quizlab export --sheet lab4 -o dist/podsjetnik-lab4.html
	$(BIN)/quizlab export --anki -o dist/quizlab.apkg
	$(BIN)/python -m hatchling build -t wheel -d dist

$(VENV)/.installed-dev: pyproject.toml constraints.txt
	@if [ -d $(VENV) ]; then $(PYTHON) start.py --wait; fi  # `make practice` may be fetching PyTorch into it
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.installed

# what only the tests of exports need: an accessibility checker and an independent parser; without npm they skip
tests/web/node_modules/.installed: tests/web/package-lock.json
	@if command -v npm >/dev/null; then cd tests/web && npm ci --no-audit --no-fund --silent && touch node_modules/.installed \
	|| echo "npm failed: the tests that need it will be skipped"; else echo "without npm some tests are skipped"; fi

clean:
	rm -rf tests/web/node_modules $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache
