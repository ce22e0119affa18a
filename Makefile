# A fresh machine needs Python 3.11 or newer, make and the network: `make graph` does the rest.

PYTHON ?= python3
SEEDS ?= seeds
OUTPUT ?= output
DIST ?= dist
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
LOCKS := requirements.lock requirements-build.lock requirements-dev.lock
UV ?= uv
COMPILE := $(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet

.PHONY: help graph test torture faults fuzz lint score bench benchpage benchstore benchserve benchspark benchtaggers conformance docs lock dist sbom audit clean browser chromium servers office java tracer
.DELETE_ON_ERROR:

help: ## what there is to make
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 12

graph: $(READY) ## read seeds/ and leave the graph, its page and the texts in output/
	@$(BIN)/kg build $(SEEDS) -o $(OUTPUT)

test: $(READY_DEV) browser servers office java tracer ## every test, ruff, mypy and the audit
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python tools/audit.py $(LOCKS)
	@$(BIN)/python -m pytest -n auto --dist loadfile -m "not alone"
	@$(BIN)/python -m pytest -m alone

torture: $(READY_DEV) ## hostile and broken inputs, each alone within 4 GB and 5 minutes, then all in one folder (an hour)
	@$(BIN)/python tests/torture/run.py $(ONLY)
	@$(if $(ONLY),:,$(BIN)/python tests/faults/run.py)

faults: $(READY_DEV) servers ## builds, loads, databases and a server that writes, killed at 50 random moments each; MOMENTS="50 SEED [build loads databases writes]"
	@$(BIN)/python tests/faults/run.py $(MOMENTS)

fuzz: $(READY_DEV) ## coverage-guided fuzzing of what kg reads, SECONDS=600; what is found lies in build/fuzz
	@$(BIN)/python tests/fuzz.py --seconds $(or $(SECONDS),600) $(if $(SEED),--seed $(SEED)) $(FILES)

lint: $(READY_DEV) ## ruff and mypy, mending what can be mended
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/mypy

score: $(READY_DEV) ## build the texts that have a gold graph and print the table
	@[ ! -d ../shared/corpus ] || $(BIN)/python tests/passages.py ../shared/corpus build/passages
	@mkdir -p build/passages; $(BIN)/kg score tests/gold/*.json --texts seeds ../shared build/passages || [ $$? -eq 3 ]

bench: $(READY_DEV) ## every table with the machine and the goals, to benchmarks/results.md; ALL=1: the long ones too
	@$(BIN)/python -m benchmarks.results $(if $(ALL),--all)

benchpage: $(READY_DEV) browser ## the page beside plain pyvis: opening and frames a second
	@$(BIN)/python -m benchmarks.page

benchstore: $(READY_DEV) ## the store beside rdflib in memory, 1 million triples (minutes)
	@$(BIN)/python -m benchmarks.store --cpu

benchserve: $(READY_DEV) ## kg serve under load: 100 clients for a minute, good, bad, slow, endless and enormous requests
	@$(BIN)/python -m benchmarks.load

benchspark: $(READY_DEV) java ## a build on Spark beside one with --jobs, the same documents; and an entity that is in every one of them
	@$(BIN)/python -m benchmarks.spark

benchtaggers: $(READY_DEV) ## people, places and bodies beside LAC and jieba.posseg, on every gold text that is there
	@[ ! -d ../shared/corpus ] || $(BIN)/python tests/passages.py ../shared/corpus build/passages
	@$(BIN)/python -m benchmarks.taggers

conformance: $(READY_DEV) ## the W3C's test suites (../shared/w3c), counted into docs/conformance.md
	@$(BIN)/python -m tests.w3c --write

docs: $(READY_DEV) ## run the commands that the documents show and put in what they say now
	@$(BIN)/python tests/doc_commands.py --write
	@$(BIN)/python tests/test_serve_docs.py --write

lock: ## write the lock files again (needs uv)
	@$(COMPILE) pyproject.toml -o requirements.lock
	@$(COMPILE) pyproject.toml --all-extras --group dev --constraint requirements.lock -o requirements-dev.lock
	@$(COMPILE) --group pyproject.toml:build --constraint requirements-dev.lock -o requirements-build.lock

dist: $(READY) ## the sdist and the wheel in dist/: one commit, the same bytes
	@$(BIN)/python tools/dist.py $(DIST)

sbom: $(READY_DEV) ## the bill of materials of what kg needs to run, in dist/ (CycloneDX)
	@$(BIN)/python tools/sbom.py $(DIST)/yishi.cdx.json

audit: $(READY_DEV) ## known vulnerabilities in what the lock files pin
	@$(BIN)/python tools/audit.py $(LOCKS)

clean: ## remove what was made, the environment too
	@rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find $(OUTPUT) -mindepth 1 ! -name .gitkeep -delete

# jieba comes as source: its build tools are installed first, by their hashes, and used without isolation.
$(READY): pyproject.toml requirements.lock requirements-build.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "kg needs Python 3.11 or newer: make PYTHON=python3.11" >&2; exit 1; }
	@echo "Installing into $(VENV) (once)"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) install --require-hashes -r requirements-build.lock
	@$(PIP) install --require-hashes --no-build-isolation --use-pep517 -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

# What the tests and the extras need beyond that: linters, a browser's driver, database drivers and servers.
$(READY_DEV): $(READY) requirements-dev.lock
	@echo "Installing what the tests need (once)"
	@$(PIP) install --require-hashes --no-build-isolation --use-pep517 -r requirements-dev.lock
	@touch $@

# Programs that tests need: $(1) the program, $(2) what it is called, $(3) its packages. As root they are installed; where they
# cannot be, the tests say why they are skipped.
define apt
	@if ! command -v $(1) >/dev/null && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing $(2) (once)"; \
		{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(3); } >/dev/null \
		|| echo "$(2) could not be installed: the tests that need it will be skipped" >&2; \
	fi
endef

# The page tests: a browser and Chinese fonts.
browser:
	@command -v google-chrome >/dev/null || $(MAKE) --no-print-directory chromium

chromium:
	$(call apt,chromium,Chromium,chromium fonts-noto-cjk)

# The loaders' tests: an RDF store. The other databases come with what the tests need, from the lock file.
servers:
	$(call apt,virtuoso-t,Virtuoso,virtuoso-opensource)

# The readers' tests: what reads old office documents.
office:
	$(call apt,soffice,LibreOffice,libreoffice-writer-nogui)

# The cluster's tests: what Spark runs on.
java:
	$(call apt,java,Java,openjdk-17-jre-headless)

# The server's tests: what shows which files a process opens.
tracer:
	$(call apt,strace,strace,strace)
