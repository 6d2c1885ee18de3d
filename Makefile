# Two commands matter: `make learn` opens the course, `make test` proves it. `make help` lists the rest.
PYTHON ?= python3
VENV   ?= .venv
RUN    := $(VENV)/bin
export OMP_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: help learn test check soak bench site clean
help:
	@echo "make learn   open the course in the browser (installs it first)"
	@echo "make test    install what tests need and run them all"
	@echo "make check   the quick part: style, types, borders, fast tests"
	@echo "make soak    kills, fuzzing, long training (an hour or more)"
	@echo "make bench   measure again; results go to bench/results"
	@echo "make site    write the static site to site/"

learn: $(VENV)/.learn
	@$(RUN)/glideslope learn $(ARGS)

test: $(VENV)/.test
	@$(RUN)/python -m tests.run all

check: $(VENV)/.test
	@$(RUN)/python -m tests.run fast

soak: $(VENV)/.test
	@$(RUN)/python -m tests.run soak

bench: $(VENV)/.test
	@$(RUN)/python -m bench.run

site: $(VENV)/.learn
	@$(RUN)/glideslope build site

clean:
	rm -rf $(VENV) build dist site src/glideslope/_built web/node_modules

# The course is installed anew when a file of it changed; otherwise a second run starts at once.
SOURCES := $(shell find src web course -type f -not -path '*/node_modules/*' -not -path '*/_built/*' -not -name '*.pyc' 2>/dev/null) pyproject.toml hatch_build.py

$(VENV)/.learn: $(VENV)/.venv $(SOURCES)
	@sh tools/install.sh $(RUN) "course,fast,plot"
	@touch $@

$(VENV)/.test: $(VENV)/.venv $(SOURCES)
	@sh tools/install.sh $(RUN) "test" editable
	@touch $@

$(VENV)/.venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Glideslope needs Python 3.11 or newer; '$(PYTHON)' is older or missing. Name another: make learn PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "This Python cannot make virtual environments; on Debian and Ubuntu install the package python3-venv and try again."; rm -rf $(VENV); exit 1; }
	@touch $@
