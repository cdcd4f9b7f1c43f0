# Two commands carry the house: make demo and make test. Each lays what it needs inside the clone first.
export LC_ALL := C.UTF-8
export PYTHONUTF8 := 1
# Someone else's environment must not choose packages or settings for ours.
unexport VIRTUAL_ENV PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE DJANGO_SETTINGS_MODULE

BIN := .venv/bin
# Processes that the tests are shared among; each has servers of its own.
WORKERS ?= 2
.DEFAULT_GOAL := help
.PHONY: help setup demo test lint bench sabotage papers

help: ## denne listen
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile

setup: ## henter uv, Python-pakkene og det sidene laster
	@sh infra/bootstrap.sh

demo: setup ## starter hele plattformen på denne maskinen (PORT=8000, VARDE_HOME=./var)
	@exec $(BIN)/varde demo

lint: setup ## stil, typer og kartet over huset
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: setup ## alt som må være grønt før noe deles
	@sh infra/bootstrap.sh chromium
	@sh infra/bootstrap.sh telephony
	@$(MAKE) --no-print-directory lint
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup

bench: setup ## måler fart og minne, og skriver var/bench.json
	@sh infra/bootstrap.sh telephony
	$(BIN)/python tests/benchmarks/run.py

sabotage: setup ## tar bort ett vern om gangen og krever at løftets egen test blir rød (var/sabotage.json)
	@sh infra/bootstrap.sh chromium
	@sh infra/bootstrap.sh telephony
	$(BIN)/python -m tests.sabotage.run

proof: setup ## de lange løpene: 10 000 trekk, tvillingverdener i full lengde, sabotasje (en halv time)
	@sh infra/bootstrap.sh chromium
	@sh infra/bootstrap.sh telephony
	VARDE_STEPS=10000 $(BIN)/python -m pytest tests/matters -s
	VARDE_TWINS=1 $(BIN)/python -m pytest tests/twins -s
	$(BIN)/python -m tests.sabotage.run

papers: setup ## skriver det i personvernpapirene som koden vet (infra/docs)
	$(BIN)/python -m infra.papers
