# Two commands do everything on a fresh machine with Python 3.11+, git and make:
#   make run    starts the dashboard on the shipped data
#   make test   installs what the tests need and runs them all
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
ADDRESS ?= 127.0.0.1
PORT   ?= 8501
CURATOR_PORT ?= 8511
SYSTEM_PACKAGES := chromium fonts-noto-cjk poppler-utils libreoffice-writer-nogui nginx-light libatomic1

.PHONY: run curator test test-fast check format screenshots bench bench-mining system clean help

help:            ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(VENV)/.run: requirements.txt constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -r requirements.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -r requirements-dev.txt
	@touch $@

run: $(VENV)/.run  ## start the dashboard on http://127.0.0.1:8501
	$(BIN)/python -m streamlit run dashboard.py --server.address $(ADDRESS) --server.port $(PORT)

curator: $(VENV)/.run  ## start the data entry on http://127.0.0.1:8511 (needs sign-in: docs/deploy.md)
	@test -f config.curator.yaml || { echo "config.curator.yaml is missing; begin with: cp deploy/config.curator.yaml ." >&2; exit 1; }
	INDICATORS_CONFIG=config.curator.yaml $(BIN)/python -m streamlit run dashboard.py --server.address $(ADDRESS) --server.port $(CURATOR_PORT)

system:          ## Debian packages that the browser and document tests need
	@if command -v dpkg-query >/dev/null \
	    && dpkg-query -W -f '$${Status}\n' $(SYSTEM_PACKAGES) 2>/dev/null | grep -c 'ok installed' \
	    | grep -qx $(words $(SYSTEM_PACKAGES)); then \
	  exit 0; \
	elif ! command -v apt-get >/dev/null; then \
	  echo "make test needs these packages, and apt-get is not here to install them: $(SYSTEM_PACKAGES)" >&2; exit 1; \
	else \
	  SUDO=""; if [ "$$(id -u)" -ne 0 ]; then SUDO=sudo; fi; \
	  $$SUDO apt-get update -qq && $$SUDO env RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive \
	    apt-get install -y -qq --no-install-recommends $(SYSTEM_PACKAGES) >/dev/null; \
	fi

test: system $(VENV)/.dev  ## install what the tests need, then run them all
	$(BIN)/python -m pytest -q

test-fast: $(VENV)/.dev  ## everything but the browser
	$(BIN)/python -m pytest -q -m "not browser"

check: $(VENV)/.dev  ## style, types and the shipped data
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m indicators check

format: $(VENV)/.dev  ## put the code into the house style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

screenshots: system $(VENV)/.dev  ## renew the pictures of the manual
	$(BIN)/python docs/screenshots.py

bench: $(VENV)/.dev  ## timings (not part of the tests)
	@for file in benchmarks/bench_*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

bench-mining: $(VENV)/.dev  ## precision and recall of the mining, per field
	$(BIN)/python benchmarks/bench_mining.py

clean:           ## remove the virtual environment and caches
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
