# Two commands on a fresh machine: `make briefing` and `make test`. Needed beforehand: Python 3.11 or newer, and make.
# Kept to what GNU make 3.81 (macOS) and a POSIX shell understand.

DAY ?= 2025-05-25
EXAMPLE := 2025-05-25
LAB_FLAGS ?=
SHELL := /bin/sh
PYTHON := .venv/bin/python
READY := .venv/.ready
EXTRAS := .venv/.extras
LEDGER := .venv/.ledger

.DEFAULT_GOAL := help
.PHONY: help briefing test extras lint types lab ledger example gallery lock clean force
.DELETE_ON_ERROR:

help:
	@echo 'make briefing   render the briefing of the night to $(DAY) and say where it lies; another: make briefing DAY=2025-05-21'
	@echo 'make test       run the tests'
	@echo 'make extras     install what collecting, exchange, clusters and the tests need'
	@echo 'make lab        open JupyterLab on the explorer, beside the other notebooks'
	@echo 'make ledger     rebuild data/claims from data/documents'
	@echo 'make example    rebuild reports/example, the picture in the README included'
	@echo 'make gallery    draw docs/gallery.md anew: every chart with the call that makes it'
	@echo 'make lint       ruff: rules and layout'
	@echo 'make types      mypy, strict'
	@echo 'make lock       work out both requirements*.lock anew from pyproject.toml (needs uv)'
	@echo 'make clean      remove .venv and what tools left behind; reports and claims stay'

# A document that cannot be read is told and fails the run, but keeps no briefing from being rendered.
briefing: $(READY)
	@$(MAKE) --silent ledger; ledger=$$?; \
	echo 'Rendering the briefing of $(DAY) …'; \
	$(PYTHON) scripts/render.py daily --day $(DAY) && exit $$ledger

test: $(EXTRAS)
	@$(PYTHON) -m pytest -q -n auto --dist loadfile

extras: $(EXTRAS)

lint: $(EXTRAS)
	@$(PYTHON) -m ruff check
	@$(PYTHON) -m ruff format --check

types: $(EXTRAS)
	@$(PYTHON) -m mypy

lab: $(LEDGER)
	@JUPYTER_CONFIG_PATH='$(CURDIR)/tally/house/lab' $(PYTHON) -m jupyter lab --ServerApp.root_dir='$(CURDIR)' $(LAB_FLAGS) notebooks/explore.ipynb

ledger: $(LEDGER)

example: $(LEDGER)
	@echo 'Rendering reports/example (the night to $(EXAMPLE)) …'
	@rm -rf build/example
	@$(PYTHON) scripts/render.py daily --day $(EXAMPLE) --out build/example >/dev/null
	@rm -rf reports/example && mkdir -p reports/example
	@cp build/example/daily/$(EXAMPLE)/* reports/example/
	@$(PYTHON) -c 'import pypdfium2 as pdf; \
	page = pdf.PdfDocument("reports/example/briefing.pdf")[0]; \
	page.render(scale=1.7).to_pil().convert("P", palette=1, colors=128).save("reports/example/briefing.png", optimize=True)'
	@ls reports/example

gallery: $(LEDGER)
	@$(PYTHON) scripts/gallery.py

lock:
	@command -v uv >/dev/null || { echo 'make lock needs uv: https://docs.astral.sh/uv/' >&2; exit 1; }
	@lock='uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url'; \
	$$lock --upgrade --extra build pyproject.toml -o requirements.lock && \
	$$lock --upgrade --extra dev --constraint requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	rm -rf .venv build tally.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis data/.cache data/claims/.mirror
	find tally scripts tests notebooks \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -exec rm -rf {} +

# The environment. The stamp holds the folder that it was made in: a copied or half-made .venv is made again.
ifneq ($(shell $(PYTHON) -c '' 2>/dev/null && cat $(READY) 2>/dev/null),$(CURDIR))
$(READY): force
endif

$(READY): requirements.lock pyproject.toml
	@set -e; \
	if [ "$$($(PYTHON) -c '' 2>/dev/null && cat $(READY) 2>/dev/null)" != '$(CURDIR)' ]; then \
	  echo 'Setting up .venv (once, a minute or two) …'; \
	  rm -rf .venv; \
	else \
	  echo 'Bringing .venv up to requirements.lock …'; \
	fi; \
	rm -f $(EXTRAS); \
	if command -v uv >/dev/null; then \
	  [ -d .venv ] || uv venv --quiet --python '>=3.11' .venv; \
	  uv pip sync --quiet --python $(PYTHON) requirements.lock; \
	  uv pip install --quiet --python $(PYTHON) --no-deps --no-build-isolation --editable .; \
	else \
	  if [ ! -d .venv ]; then \
	    found=; \
	    for each in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	      if "$$each" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$each; break; fi; \
	    done; \
	    if [ -z "$$found" ]; then \
	      echo 'Tally needs Python 3.11 or newer with its venv module, and found none on PATH (python3, python3.11 to python3.14).' >&2; \
	      echo 'Install one from https://www.python.org/downloads/ (or uv, https://docs.astral.sh/uv/), then run make again.' >&2; \
	      exit 1; \
	    fi; \
	    "$$found" -m venv .venv; \
	  fi; \
	  $(PYTHON) -m pip install --quiet --disable-pip-version-check -r requirements.lock; \
	  $(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .; \
	fi; \
	printf '%s' '$(CURDIR)' > $(READY)

# Everything else: what the extras, the tests and the checks need, at versions that agree with requirements.lock.
$(EXTRAS): $(READY) requirements-dev.lock
	@set -e; echo 'Adding the extras and what the tests need to .venv (once) …'; \
	if command -v uv >/dev/null; then \
	  uv pip install --quiet --python $(PYTHON) -r requirements-dev.lock; \
	else \
	  $(PYTHON) -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock; \
	fi; \
	touch $(EXTRAS)

# The ledger, when it is missing or anything that it is made from is newer. Its own files do not tell: a rebuild that
# changes nothing leaves them untouched.
ifeq ($(wildcard data/claims/*.csv),)
$(LEDGER): force
endif

$(LEDGER): $(READY) data/documents $(wildcard data/documents/*.md data/vocabulary/*.csv tally/*.py tally/documents/*.py tally/grammar/*.py)
	@echo 'Extracting claims from data/documents …'
	@$(PYTHON) scripts/extract.py
	@touch $(LEDGER)
