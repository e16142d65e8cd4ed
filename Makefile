# Two commands: `make run` starts the app, `make test` checks everything. See README.md for Windows.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The app answers on this machine only; HOST=0.0.0.0 opens it to the network. (Naming an address also keeps Streamlit from
# asking an outside host for ours.)
HOST ?= 127.0.0.1
PORT ?= 8501
# Processes of the unit tests; every library call inside them is single-threaded, as in the product.
WORKERS ?= 2
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
export MKL_NUM_THREADS := 1

.PHONY: run test lint types layers architecture unit reference page journey accessibility chromium lock bench screenshot clean

# ------------------------------------------------------------------ the app
run: $(VENV)/run.stamp
	@$(BIN)/python -m streamlit run app.py --server.headless true --server.port $(PORT) --server.address $(HOST) \
	    --browser.serverAddress $(if $(filter 127.0.0.1 0.0.0.0,$(HOST)),localhost,$(HOST))

# ------------------------------------------------------------------ the checks, cheapest first
test: lint types layers architecture unit reference page journey accessibility
	@echo "make test: all passed"

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/test.stamp
	$(BIN)/mypy

layers: $(VENV)/test.stamp
	$(BIN)/lint-imports --no-logo

architecture: $(VENV)/test.stamp
	$(BIN)/pytest -q tests/architecture

BROWSER_TESTS := tests/journeys tests/accessibility
unit: $(VENV)/test.stamp
	$(BIN)/pytest -q -n $(WORKERS) -m "not page" tests --ignore tests/architecture --ignore tests/reference \
	    $(addprefix --ignore ,$(BROWSER_TESTS))

reference: $(VENV)/test.stamp
	$(BIN)/pytest -q tests/reference

page: $(VENV)/test.stamp
	$(BIN)/pytest -q -n $(WORKERS) -m page tests --ignore tests/architecture $(addprefix --ignore ,$(BROWSER_TESTS))

journey: $(VENV)/test.stamp chromium
	$(BIN)/pytest -q tests/journeys

accessibility: $(VENV)/test.stamp chromium
	$(BIN)/pytest -q tests/accessibility

# The journeys need a Chromium: $CHROMIUM, else one on PATH, else Debian's where we may install it.
chromium:
	@bash .ci/chromium

# ------------------------------------------------------------------ now and then
# Renews the committed tables of benchmarks/results, so the number of trials is yours to say: make bench TRIALS=2000
SEED ?= 1
STUDY := --trials $(TRIALS) --seed $(SEED) --workers $(WORKERS)
bench: $(VENV)/test.stamp
	$(if $(TRIALS),,$(error Say how many trials a cell: make bench TRIALS=200. It replaces the tables in benchmarks/results))
	for study in $$($(BIN)/python -c "from benchmarks.calibration import STUDIES; print(*sorted(STUDIES))"); do \
	    $(BIN)/python -m benchmarks.calibration $$study $(STUDY) || exit 1; done
	for study in curve windows levels predicted pipeline; do \
	    $(BIN)/python -m benchmarks.slice_calibration $$study $(STUDY) || exit 1; done
	for study in power learner_comparison forest_size relative_scale targeting_band curve_knots; do $(BIN)/python -m benchmarks.$$study $(STUDY) || exit 1; done
	$(BIN)/python -m benchmarks.slicing
	$(BIN)/python -m benchmarks.judge

screenshot: $(VENV)/test.stamp chromium
	$(BIN)/python docs/screenshot.py

# The override leaves NVIDIA's libraries out (a CPU never loads them): uv writes them with a marker that never holds.
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate --override overrides.txt
lock: $(BIN)/uv
	$(LOCK) requirements.in --output-file requirements.txt
	$(LOCK) requirements-test.in --output-file requirements-test.txt
	sed -i.old "/sys_platform == 'never'/d" requirements.txt requirements-test.txt
	rm -f requirements.txt.old requirements-test.txt.old

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# ------------------------------------------------------------------ the environment; a stamp makes the second run quick
$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	    || { echo "Stratagem needs Python 3.11, 3.12 or 3.13; $$($(PYTHON) --version) was found. Name another: make PYTHON=python3.12 run"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.13,<0.14"

# Compiled once here (half a minute), the libraries load three times as fast in every process.
# Where only pip knows the way to the packages (a mirror, a proxy), pip installs the same lock, more slowly.
define install
echo "Installing $(1)"; $(BIN)/uv pip sync --quiet --compile-bytecode --python $(BIN)/python $(1) \
    || { echo "uv could not install; using pip with its own settings"; $(BIN)/python -m pip install --quiet --no-deps -r $(1); }
endef

$(VENV)/run.stamp: requirements.txt $(BIN)/uv
	@$(call install,requirements.txt)
	@rm -f $(VENV)/test.stamp
	@touch $@

# What the tests need contains what the app needs, at the same versions, so that either stamp serves `make run`.
$(VENV)/test.stamp: requirements-test.txt requirements.txt $(BIN)/uv
	@$(call install,requirements-test.txt)
	@touch $(VENV)/run.stamp $@
