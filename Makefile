# Every command a developer needs; hooks and .ci/run call the same targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.locked
LDAP := $(VENV)/.ldap
MODELS := $(VENV)/share/ek-bot/models/.complete

.PHONY: setup demo test quick fmt lint type arch golden pictures bench servers lock clean

setup: $(STAMP) $(LDAP) $(MODELS)

$(STAMP): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# There are no wheels of the LDAP library: it is built where headers are, or can be had. Without it
# only kind = "ldap" does not work.
$(LDAP): $(STAMP) requirements-ldap.lock
	@if sh setup/ldap.sh $(BIN)/python; then touch $@; \
	else test "$$CI" != true && test "$$EKBOT_REQUIRE_SERVERS" != 1; fi

# Without its models the program reads scans worse, but works; only CI must have them.
$(MODELS): $(STAMP) parsers/scan/readers/models.toml
	@if $(BIN)/ekbot models --fetch --quiet; then mkdir -p $(@D) && touch $@; else test "$$CI" != true; fi

demo: setup
	$(BIN)/ekbot demo

servers:
	bash tests/servers/install.sh

test: setup servers lint type arch
	EKBOT_REQUIRE_SERVERS=1 $(BIN)/python -m pytest -n 2 --dist loadgroup -q

quick: setup
	$(BIN)/python -m pytest -q -n 2 -m "not server and not slow"

fmt: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

type: setup
	$(BIN)/mypy

arch: setup
	$(BIN)/lint-imports

golden: setup
	EKBOT_UPDATE_GOLDEN=1 $(BIN)/python -m pytest -q tests -k golden -p no:randomly

# Draws docs/pictures anew; needs headless Chromium.
pictures: setup
	$(BIN)/python -m tests.picturing

bench: setup
	$(BIN)/python -m bench

# Writes both locks anew from pyproject.toml (needs uv, which only this target uses).
lock:
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements.lock
	uv pip compile --group ldap --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements-ldap.lock

clean:
	rm -rf $(VENV) var demo .mypy_cache .ruff_cache .hypothesis .import_linter_cache
