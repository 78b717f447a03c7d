# `make lab` to learn, `make test` while you change something, `make check` for everything that CI runs.
PYTHON ?= python3
VENV   ?= .venv
LANG_UI ?= en
GENERATED := dezero_lab/stages dezero_lab/exercises/solutions dezero_lab/exercises/starters
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
STAMP := $(VENV)/.installed
DEV   := $(VENV)/.installed-dev
PEERS := $(VENV)-peers/.installed
PEERS_PYTHON := $(VENV)-peers/$(notdir $(BIN))/python
PEERS_PIP := $(PEERS_PYTHON) -m pip install --quiet --disable-pip-version-check -c constraints-peers.txt
# A page or folder with builds of PyTorch without CUDA saves 2.8 GB: make peers TORCH_WHEELS=...
TORCH_WHEELS ?=

.PHONY: lab test check lint types unit oldest peers coverage chapters chapters-check proof-long bundle browser binder faults size benchmarks lock clean

lab: $(STAMP)
	$(BIN)/dezero-lab lab --lang $(LANG_UI)

test: unit

$(VENV)/pyvenv.cfg:
	$(PYTHON) -m venv $(VENV)

$(STAMP): pyproject.toml constraints.txt | $(VENV)/pyvenv.cfg
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[lab]"
	@touch $@

$(DEV): pyproject.toml constraints.txt | $(VENV)/pyvenv.cfg
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@ $(STAMP)

check: lint types unit oldest peers chapters-check bundle chapters browser binder size

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV)
	$(BIN)/pyright --pythonpath $(BIN)/python

unit: $(DEV)
	$(BIN)/pytest -q -n 2 --dist loadfile
	$(BIN)/pytest -q --doctest-modules dezero_lab widgets/dezero_widgets $(GENERATED:%=--ignore=%)

# The framework with NumPy alone, in the oldest version that is supported.
oldest:
	$(PYTHON) -m venv $(VENV)-oldest
	$(VENV)-oldest/bin/python -m pip install --quiet --disable-pip-version-check "numpy==2.0.*" pytest hypothesis -e .
	$(VENV)-oldest/bin/python -m pytest -q -p no:cacheprovider tests/framework

# What PyTorch, SciPy and ONNX Runtime make of the same numbers. Elsewhere a missing peer is a skip, here it is a failure.
peers: $(PEERS)
	DEZERO_LAB_PEERS=1 $(PEERS_PYTHON) -m pytest -q -p no:cacheprovider -m peers tests/framework tests/benchmarks

$(PEERS): pyproject.toml constraints-peers.txt
	$(PYTHON) -m venv $(VENV)-peers
	$(PEERS_PIP) --no-deps $(TORCH_WHEELS:%=--find-links %) torch
	$(PEERS_PIP) -e ".[peers]"
	@touch $@

# How much of the framework its own tests run, those that need peers included. The report is per file, with lines.
coverage: $(DEV) $(PEERS)
	COVERAGE_FILE=.coverage-framework $(BIN)/python -m pytest -q --cov --cov-config=tools/coverage.ini --cov-report= tests/framework tests/test_gradcheck.py
	COVERAGE_FILE=.coverage-framework DEZERO_LAB_PEERS=1 $(PEERS_PYTHON) -m pytest -q -p no:cacheprovider -m peers --cov --cov-append --cov-config=tools/coverage.ini --cov-report=term-missing:skip-covered tests/framework

# Notebooks, stages, solutions and starters are generated: compare them byte for byte with their source.
chapters-check: $(DEV)
	$(BIN)/python chapters/build.py --check

# Runs every notebook blank and solved, a second gate with nbval, and prints the table of exercises and hints.
chapters: $(DEV)
	$(BIN)/pytest -q -n 2 --dist loadfile -m notebooks tests/chapters
	$(BIN)/pytest -q -n 2 --dist loadfile --nbval-lax -p no:cacheprovider -W default -m "" chapters/en chapters/ko
	$(BIN)/python -m dezero_lab.grading.proof --seeds 200

proof-long: $(DEV)
	$(BIN)/python -m dezero_lab.grading.proof --seeds 10000

bundle: widgets/node_modules/.package-lock.json
	cd widgets && npm run --silent types && npm run --silent check

widgets/node_modules/.package-lock.json: widgets/package-lock.json
	cd widgets && npm ci --silent --no-audit --no-fund

browser: $(DEV) widgets/node_modules/.package-lock.json
	$(BIN)/pytest -q -m browser tests/browser

binder: $(DEV)
	$(BIN)/python tools/check_binder.py

# Puts faults into a copy of the framework, one after another; the tests must notice each.
faults: $(DEV)
	$(BIN)/python tools/inject_faults.py

size: $(DEV)
	$(BIN)/python tools/size_report.py

benchmarks: $(DEV)
	for file in benchmarks/*.py; do $(BIN)/python $$file; done

# The exact versions that CI uses, for every supported Python.
lock: $(DEV)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.10 --no-header --no-annotate --no-emit-index-url --extra lab --extra dev pyproject.toml --output-file constraints.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.10 --no-header --no-annotate --no-emit-index-url --extra peers pyproject.toml | grep -vE '^(cuda|nvidia|triton)' >constraints-peers.txt

clean:
	rm -rf $(VENV) $(VENV)-oldest $(VENV)-peers build dist artifacts widgets/node_modules
