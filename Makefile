# Two commands: `make demo` and `make test`. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help demo demo-reset test check soak bench lock messages states clean

help:
	@echo "make demo        set up everything and start Entraide with an invented world (PORT=8000, DATABASE_URL=)"
	@echo "make demo-reset  throw the demo world away; the next make demo starts over"
	@echo "make test        set up everything and run every test (T='path -k name' for some)"
	@echo "make check       format, lint, types, import contracts, migrations, translations, lock file"
	@echo "make soak        long tests: the API with hostile input; estimates by simulation, brute force and the plain method"
	@echo "make bench       measurements: row policies beside bare SQL, resampling beside R (B=release: beside its peers, 15 minutes)"
	@echo "make messages    collect sentences for translation;  make states   redraw docs/states"
	@echo "make lock        resolve dependencies again"
	@echo "make clean       remove what was set up here, the demo world and its keys included"

$(BIN)/.run: requirements.lock pyproject.toml
	@PYTHON="$(PYTHON)" sh setup/venv.sh $(VENV) requirements.lock
	@touch $@

$(BIN)/.dev: requirements-dev.lock pyproject.toml
	@PYTHON="$(PYTHON)" sh setup/venv.sh $(VENV) requirements-dev.lock
	@touch $@ $(BIN)/.run

demo: $(BIN)/.run
	@exec $(BIN)/entraide demo

demo-reset: $(BIN)/.run
	@$(BIN)/entraide demo --reset

test: $(BIN)/.dev
	@PYTHON="$(PYTHON)" sh setup/browser.sh
	@$(BIN)/python -m pytest $(T)

check: $(BIN)/.dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/entraide check

soak: $(BIN)/.dev
	@$(BIN)/python -m pytest -m soak $(T)

bench: $(BIN)/.dev
	@if [ -n "$(B)" ]; then $(BIN)/python -m bench.$(B); else $(BIN)/python -m bench && $(BIN)/python -m bench.estimation && $(BIN)/python -m bench.treaties && $(BIN)/python -m bench.questionnaires && $(BIN)/python -m bench.monitoring; fi

messages: $(BIN)/.dev
	@$(BIN)/entraide messages

states: $(BIN)/.dev
	@$(BIN)/entraide states

lock:
	@PYTHON="$(PYTHON)" sh setup/lock.sh

clean:
	@$(PYTHON) -m entraide.launch.clean
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
