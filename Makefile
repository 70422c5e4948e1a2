# Đom Đóm: `make help` lists what there is. Every target does its own set-up.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
PACKS := .build/packs
# The memory folder: what a phone leaves behind never touches a disk where there is a memory file system.
export KIOSK_DATA ?= $(CURDIR)/.kiosk/data
export KIOSK_RUN ?= $(if $(wildcard /dev/shm),/dev/shm/kiosk-$(shell id -u),$(CURDIR)/.kiosk/run)
export KIOSK_PORT ?= 8080

.PHONY: help setup run test lint bench lab image image-test pictures contact-sheet lock clean

help: ## what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/ready $(PACKS)/ready ## the environment, both commands and the built content

run: setup ## the whole house on http://127.0.0.1:8080
	@$(BIN)/kiosk pack install $(PACKS)/*.pack
	@$(BIN)/kiosk publish
	@exec $(BIN)/kiosk serve

test: setup .venv/window ## every test that this machine can run
	@.ci/packages test
	$(BIN)/pytest -n 2 --dist loadfile --cov --cov-report=term:skip-covered
	$(BIN)/pytest tests/lab

lint: .venv/window ## ruff, mypy, the layers, templates
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint --lint --quiet kiosk/pages/templates

bench: setup ## each budget beside its anchor, measured now
	@.ci/packages test
	$(BIN)/python -m tests.bench

lab: setup ## a rendered box booted in namespaces, and phones in its air; needs root
	@.ci/packages test
	$(BIN)/pytest tests/lab

image: setup ## the card image for every village, into anh-the/; needs root
	@.ci/packages image
	@.ci/emulate
	$(BIN)/provision image

image-test: setup ## an image to try, flashed and booted in an emulated box: a phone learns, the plug is pulled; needs root
	@.ci/packages image
	@.ci/emulate
	@rm -rf .build/trial
	$(BIN)/provision image --trial --out .build/trial
	$(BIN)/pytest tests/image $(if $(MACHINE),--machine $(MACHINE))

pictures: setup ## the pictures of README and guides anew
	@.ci/packages test
	$(BIN)/python -m tests.browser.pictures docs/pictures
	$(BIN)/python -m tests.browser.guide_pictures docs/pictures
	$(BIN)/python -m tests.browser.staff_pictures docs/pictures
	$(BIN)/python -m tests.shell.pictures docs/pictures
	$(BIN)/python -m tests.browser.scenario_pictures docs/pictures/practice
	$(BIN)/python -m tests.browser.kit_sheet docs/pictures/kit.png
	$(BIN)/python -m tests.browser.dashboard_pictures docs/pictures

contact-sheet: .venv/ready ## every screen of every scenario as pictures, in .build/contact-sheet/index.html
	@.ci/packages test
	$(BIN)/python -m tests.browser.contact_sheet .build/contact-sheet $(SCENARIO)

lock: ## pin every dependency anew, with hashes, for every platform
	$(PYTHON) -m venv .build/uv && .build/uv/bin/pip install -q uv
	.build/uv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" \
		--extra build --extra desk --extra test pyproject.toml -o requirements.lock
	.build/uv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" \
		--extra window --constraint requirements.lock pyproject.toml -o .ci/window.lock

clean: ## everything that was made here, packs and counts of this laptop included
	rm -rf .venv .build .kiosk "$(KIOSK_RUN)"

.venv/ready: requirements.lock pyproject.toml
	@.ci/packages setup
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

# Another engine for the touchscreen's window is as large as all else together: only who tests it waits for it.
.venv/window: .ci/window.lock .venv/ready
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r .ci/window.lock
	@touch $@

$(PACKS)/ready: .venv/ready $(shell find content kiosk/authoring kiosk/pages/catalogues -type f -not -name '*.pyc' 2>/dev/null)
	@mkdir -p $(PACKS) && rm -f $(PACKS)/*.pack
	@for source in content/*/; do $(BIN)/kiosk pack build $$source -o $(PACKS) || exit 1; done
	@touch $@
