# What there is to do with Spean. Everything is brought into this folder by scripts/setup.
.DEFAULT_GOAL := help
.PHONY: help demo setup test check fix bench faults mutants
PYTHON3 ?= python3
BIN := .venv/bin
PORT ?= 8000
RESET ?= 0
SERVE ?= 1

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: setup ## Start the believable town and take its tour: PORT=8000, RESET=1 begins again, SERVE=0 stops after the tour, SIZE=country makes a million concerns
	@$(BIN)/spean demo --port $(PORT) $(if $(filter 1,$(RESET)),--reset) $(if $(filter 0,$(SERVE)),--no-serve) $(if $(SIZE),--size $(SIZE))

test: setup ## Run every test: SQLite, the browser, PostgreSQL. ARGS="-k name" goes to pytest
	@$(PYTHON3) scripts/test $(ARGS)

check: setup ## What must hold before a commit: style, types, layers, templates, translations
	@$(BIN)/python scripts/check

fix: setup ## Put style and templates in order
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet . ; $(BIN)/python scripts/check --fix-templates

bench: setup ## Measure the workloads, each beside its peer
	@$(BIN)/python -m bench $(ARGS)

faults: setup ## Kill, cut the power, fill the disk, move the clock; count what was promised and what is there. ARGS="--kills 1000"
	@$(BIN)/python -m faults $(ARGS)

mutants: setup ## Put small mistakes into what decides over people: a test must notice each. ARGS="FILE …"
	@$(BIN)/python scripts/mutants.py $(ARGS)

setup:
	@$(PYTHON3) scripts/setup
