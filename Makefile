# Everything a person, a commit hook or CI does with this project.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run demo test check format lock bench ruff mypy imports templates migrations deploy

export PYTHONUTF8 := 1
python := .venv/bin/python
# More than one is for changing machines; two cores are the least we count on.
JOBS ?= 2

help: ## 列出这些命令
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 16

run: ## 准备一切并启动平台（PORT=8000 HOST=127.0.0.1）
	@scripts/setup.sh run
	@exec $(python) -m config.supervisor run

demo: ## 只装入演示数据，不启动
	@scripts/setup.sh run
	@exec $(python) -m config.supervisor prepare

test: ## 全部测试（ARGS=… 传给 pytest）
	@scripts/setup.sh test
	@$(python) -m pytest -n $(JOBS) --dist worksteal $(ARGS)

check: ## 静态检查：格式、类型、导入方向、模板、迁移、部署设置
	@scripts/setup.sh test
	@$(MAKE) --no-print-directory -j $(JOBS) --keep-going --output-sync=target mypy ruff imports templates migrations deploy

ruff:
	@$(python) -m ruff check .
	@$(python) -m ruff format --check .

mypy:
	@$(python) -m mypy

imports:
	@.venv/bin/lint-imports --no-logo

templates:
	@.venv/bin/djlint templates --lint --quiet
	@.venv/bin/djlint templates --check

migrations:
	@$(python) manage.py makemigrations --check --dry-run

# The settings of a real deployment, with addresses that nothing connects to.
deploy: export DATABASE_URL := postgres://bangfu_app@localhost/bangfu
deploy: export MIGRATION_DATABASE_URL := postgres://bangfu_owner@localhost/bangfu
deploy: export ALLOWED_HOSTS := bangfu.example
deploy:
	@SECRET_KEY=$$($(python) -c 'import secrets; print(secrets.token_urlsafe(64))') \
	  $(python) manage.py check --deploy --fail-level WARNING

format: ## 按规范改写代码和模板
	@scripts/setup.sh test
	@$(python) -m ruff check --fix-only --quiet .
	@$(python) -m ruff format --quiet .
	@.venv/bin/djlint templates --reformat --quiet || true

bench: ## 性能测量（ONLY=名称 只跑一项）
	@scripts/setup.sh test
	@$(python) -m config.supervisor prepare
	@for script in $(if $(ONLY),bench/$(ONLY).py,$(sort $(filter-out bench/_%,$(wildcard bench/*.py)))); do \
	  $(python) -m bench.$$(basename "$$script" .py); \
	done

lock: ## 重新锁定依赖（UPGRADE=1 升级）
	@scripts/setup.sh test
	@command -v .venv/bin/uv >/dev/null || $(python) -m pip install --quiet uv
	@export UV_CUSTOM_COMPILE_COMMAND='make lock'; \
	compile() { .venv/bin/uv pip compile --native-tls --quiet --generate-hashes --no-emit-index-url \
	  --python-version 3.11 $(if $(UPGRADE),--upgrade) "$$@"; }; \
	compile pyproject.toml -o requirements.txt; \
	compile pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt
