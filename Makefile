# Two commands do all set-up: `make console` (ask in the terminal) and `make test`.
# `make ask Q="..."` asks one question.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

# The question reaches the program as typed: make expands nothing in it, and neither does the shell.
unexport Q
export QUESTION := $(value Q)

.PHONY: console ask index test chaos soak audit check lint format figures pictures eval eval-distractors fit bench bench-large bench-smoke \
	bench-peers lock clean

console: $(READY)
	@$(BIN)/trichdan console

ask: index
	@$(BIN)/trichdan ask -- "$$QUESTION" || case $$? in 2 | 3) ;; *) exit 1 ;; esac # no question, no answer: that was said

index: $(READY)
	@test -e "$${TRICHDAN_DATA_DIR:-data}/current" || $(BIN)/trichdan reindex

# Three at a time on two cores, each file in one of them: much of the time of the end-to-end tests is waiting.
# Threads of one that wait for each other would take the cores from the others.
test: $(READY)
	@OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

# The long part of what is thrown at the product; `make chaos SEED=7` throws the same again.
chaos: $(READY)
	@$(BIN)/python -m pytest tests/test_chaos_*.py --chaos --seed $(or $(SEED),$(shell date +%s))

# 100,000 questions to one bot, a twentieth of whose calls fail: nothing grows.
soak: $(READY)
	@$(BIN)/python -m pytest -s tests/test_chaos_soak.py --chaos --seed $(or $(SEED),$(shell date +%s))

check: $(READY) lint test

# The README's promises, checked from outside on a wheel in an environment of its own (a download of 1 GB, minutes).
audit: $(READY)
	@rm -rf build/audit && $(PYTHON) -m venv build/audit/venv
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir build/audit .
	@build/audit/venv/bin/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock \
		build/audit/trichdan-*.whl
	@$(PYTHON) .ci/audit.py build/audit/venv/bin/trichdan . build/audit/data

lint: $(READY)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(READY)
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

# Both stamp and environment are made anew when the lock or the project changes.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON) is older than Python 3.11: install a newer one, or name it: make PYTHON=python3.12" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what requirements.lock lists (about 1 GB, once) ..." >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps \
		--no-build-isolation -e .
	@touch $@

figures: index
	@$(BIN)/python -m benchmarks.figures

# Those of README and docs, from real replies over the seeds, as Chromium draws them.
pictures: $(READY)
	@PYTHONPATH=tests $(BIN)/python tests/pictures.py

# What people type first, then the seeds and the questions of XQuAD, which are more formal.
eval: index
	@$(BIN)/python -m benchmarks.asked
	@echo && echo "The seeds" && $(BIN)/trichdan eval tests/data/seeds_questions.jsonl tests/data/seeds_questions_2.jsonl tests/data/seeds_questions_3.jsonl
	@echo && echo "XQuAD" && $(BIN)/python -m benchmarks.evaluate_dev

eval-distractors: $(READY)
	@$(BIN)/python -m benchmarks.evaluate_dev --distractors 20000

fit: $(READY)
	@$(BIN)/python -m fitting.fit_lexicon
	@$(BIN)/python -m fitting.fit_words
	@$(BIN)/python -m fitting.fit_adapter
	@$(BIN)/python -m fitting.fit_ranking
	@$(BIN)/python -m fitting.fit_reader
	@$(BIN)/python -m fitting.fit_confidence

# Ratios of speed against those recorded, in two minutes.
bench-smoke: index
	@$(BIN)/python -m benchmarks.speed_smoke

# The systems that we compare with live in an environment of their own.
PEERS := .venv-peers/bin
PEERS_READY := .venv-peers/.ready

bench: index $(PEERS_READY)
	@$(PEERS)/python -m benchmarks.speed

bench-large: index $(PEERS_READY)
	@$(PEERS)/python -m benchmarks.speed large

bench-peers: index $(PEERS_READY)
	@$(PEERS)/python -m benchmarks.peers

$(PEERS_READY): requirements.lock benchmarks/peers.txt
	@test -x $(PEERS)/python || $(PYTHON) -m venv .venv-peers
	@$(PEERS)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock -r benchmarks/peers.txt
	@PYTHONWARNINGS=ignore $(PEERS)/python -m pip install --quiet --disable-pip-version-check --no-deps \
		--no-build-isolation -e .
	@touch $@

lock:
	@rm -rf .venv/lock && $(PYTHON) -m venv .venv/lock
	@.venv/lock/bin/python -m pip install --quiet --upgrade setuptools torch==2.13.0 ".[dev]"
	@$(PYTHON) .ci/write_lock.py .venv/lock/bin/python requirements.lock
	@rm -rf .venv/lock

clean:
	rm -rf .venv .venv-peers data build *.egg-info
