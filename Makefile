# Two commands are enough: `make run` and `make test`. Both fetch what they need.
PY := .venv/bin/python
export PYTHONPATH := src

.PHONY: help setup run test check guards bench soak migrations clean

help:
	@sed -n 's/^## //p' Makefile

## make run    - serve the demo office on http://127.0.0.1:8000 and print its accounts
run: setup
	@./scripts/run

## make test   - the whole suite on SQLite and on PostgreSQL
test: .venv/.dev
	@./scripts/system-packages test
	@$(PY) scripts/suite.py

## make guards - turn each guard off, on both databases, and see that its test notices
guards: .venv/.dev
	@./scripts/system-packages test
	@$(PY) scripts/suite.py tests/test_guards.py

## make check  - format, lint, types, import ladder, templates, migrations
check: export HIMPUN_MODE = demo
check: export HIMPUN_HOME = $(CURDIR)/build/check
check: .venv/.dev
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy src/himpun
	.venv/bin/lint-imports
	.venv/bin/djlint --lint --quiet src/himpun
	@mkdir -p build/check
	$(PY) -m django makemigrations --check --dry-run --settings himpun.config.settings

## make bench  - speed, as ratios against a stated reference in the same run
bench: .venv/.bench
	@$(PY) -m bench

## make soak   - the longest journeys, and the long form of the reliability tests
soak: .venv/.dev
	@./scripts/system-packages test
	@$(PY) -m pytest -m soak

## make setup  - only the environment in .venv
setup: .venv/.run

.venv/.run: pyproject.toml uv.lock
	@./scripts/setup
	@touch $@
.venv/.dev: pyproject.toml uv.lock
	@./scripts/setup --group dev
	@touch $@ .venv/.run
.venv/.bench: pyproject.toml uv.lock
	@./scripts/setup --group dev --group bench
	@./scripts/system-packages bench
	@touch $@ .venv/.dev .venv/.run

clean:
	rm -rf .venv var

## make migrations - write the migrations that changed models need
migrations: export HIMPUN_MODE = demo
migrations: export HIMPUN_HOME = $(CURDIR)/build/check
migrations: .venv/.dev
	@mkdir -p build/check
	$(PY) -m django makemigrations --settings himpun.config.settings
