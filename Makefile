# make try   shows it at work: the interview, or without a terminal the letters of a sample case
# make test  is what every change has to pass
# make gallery  draws every page of every kind of letter, for looking at
# make words    brings the catalogues of translators up to date with the texts
# Both first install what is missing: Python packages into .venv, Pango into the system.

PYTHON := .venv/bin/python
LETTER := $(PYTHON) -m complaintkit letter tests/cases/uk-linkedin-first.toml -o letters --force

# An upgrade of the system's Python breaks the .venv made with it: then all is made anew.
BROKEN := $(shell $(PYTHON) -c "import pip" >/dev/null 2>&1 || echo broken)

.PHONY: try test gallery words clean broken

# Exit code 3: there is no Pango, and so no PDF.
try: .venv/ready
	@if [ -t 0 ] && [ -t 1 ]; then \
		$(PYTHON) -m complaintkit new; \
	else \
		$(LETTER) || { [ $$? = 3 ] && $(LETTER) --format txt; }; \
	fi

# All are run, even after one has failed: who mends a change wants to see everything at once.
test: .venv/ready-dev
	@failed=0; \
	for check in "ruff check ." "ruff format --check ." mypy "pytest -n auto --dist worksteal"; do \
		echo "$$check"; $(PYTHON) -m $$check || failed=1; \
	done; \
	exit $$failed

gallery: .venv/ready-dev
	@$(PYTHON) -m tests.gallery gallery/index.html

words: .venv/ready
	@mkdir -p build
	@$(PYTHON) -m babel.messages.frontend -q extract -F complaintkit/babel.cfg --no-wrap --add-location=file -o build/words.pot .
	@for po in templates/locale/*/complaintkit.po; do \
		language=$$(basename $$(dirname $$po)); \
		$(PYTHON) -m babel.messages.frontend -q update -i build/words.pot -o $$po -l $$language \
			--no-fuzzy-matching --ignore-obsolete --width 100; \
	done

clean:
	rm -rf .venv build dist letters gallery .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/ready: pyproject.toml .ci/setup $(if $(BROKEN),broken)
	@sh .ci/setup
	@touch $@

.venv/ready-dev: pyproject.toml .ci/setup $(if $(BROKEN),broken)
	@sh .ci/setup dev
	@touch $@ .venv/ready

broken:
