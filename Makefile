# The two commands of the README are `make demo` and `make test`; both do all the set-up they need.
SHELL := /bin/bash
.DEFAULT_GOAL := help

MODEL := .models/efficientnet-lite0-57934424.pth
CATALOG ?= Examples/SampleCatalogue
DEMO := .demo
# Pictures of all formats and the engines; the example packages are built without them.
export TRAITS := AllPictures,Postgres,Milvus
# SwiftPM passes the traits to the compiler in the order of a set. In another order, everything is compiled anew.
export SWIFT_DETERMINISTIC_HASHING := 1

.PHONY: help setup setup-tests model lint build test test-debug docs test-release test-examples test-spark test-cluster demo demo-short test-shop test-shop-page shop soak-shop load-shop goldens conformance benchmark clean

help: ## Show the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

setup: ## Install the system libraries (apt or brew)
	@Scripts/install_system_packages.sh

setup-tests: ## Install what the tests need, too
	@Scripts/install_system_packages.sh --tests
	@Scripts/servers/postgres.sh fetch
	@Scripts/servers/milvus.sh fetch
	@Scripts/fetch_onnx_cases.sh

model: setup ## Fetch the default model, EfficientNet-Lite0
	@Scripts/fetch_default_model.sh

lint: ## Check format and house rules
	@Scripts/lint.sh

build: setup ## Build everything for debugging
	swift build --traits $(TRAITS) --build-tests --disable-xctest

# test-release builds it; other flags would build it again, which takes minutes.
test: export REC_DEMO := $(CURDIR)/.build/release/rec-demo
test: setup-tests model lint test-release docs test-examples demo-short test-spark test-shop test-shop-page ## Everything that CI runs
	@echo "All checks passed."

test-release: setup-tests model ## Run the tests, release build
	@CONFIGURATION=release Scripts/run_tests.sh

test-debug: setup-tests model ## Run the tests, debug build (15 minutes)
	@Scripts/run_tests.sh

docs: setup ## Render the documentation; dead links are errors
	@Scripts/check_docs.sh

test-examples: setup ## Build and run the example packages
	@Scripts/test_examples.sh

test-spark: model ## Embed the sample catalogue with Spark and kill a worker (fetches 450 MB), where there is Java
	@Scripts/install_system_packages.sh --spark
	@CATALOG="$(CATALOG)" MODEL="$(MODEL)" OUT="$(DEMO)" timeout 900 Scripts/test_spark.sh

test-cluster: setup ## Kill processes of a Milvus cluster and of PostgreSQL on three shards (190 MB unpacked)
	@timeout 5400 Scripts/test_cluster.sh

demo: setup model ## Index the sample catalogue, recommend, and write the gallery page
	@CATALOG="$(CATALOG)" MODEL="$(MODEL)" OUT="$(DEMO)" Scripts/demo.sh

demo-short: setup model ## The demo with checks instead of a tour
	@CATALOG="$(CATALOG)" MODEL="$(MODEL)" OUT="$(DEMO)" Scripts/check_demo.sh

test-shop: setup-tests model ## Test the example server: its tests, its description, restarts
	@CATALOG="$(CATALOG)" MODEL="$(MODEL)" Scripts/check_shop.sh

test-shop-page: setup-tests model ## Try the page of the shop with Node.js and in a headless Chromium, where there are such
	@CATALOG="$(CATALOG)" MODEL="$(MODEL)" Scripts/check_shop_page.sh

shop: setup model ## Serve a shop on 127.0.0.1 (PORT, SHOP_INDEX, SHOP_CATALOG, SHOP_TOKEN)
	@Scripts/shop.sh

soak-shop: setup model ## Reads, changes, stops and kills of the shop's server for two minutes (SOAK="--minutes 20")
	@Benchmarks/Shop/run.sh soak $(SOAK)

load-shop: setup model ## Load the shop's server beside FastAPI, ONNX Runtime and FAISS (LOAD="--rounds 3")
	@Benchmarks/Shop/run.sh load $(LOAD)

goldens: ## Make the test goldens anew (needs the Python packages named in Scripts/goldens)
	@for script in Scripts/goldens/[!_]*.py; do echo "== $$script"; python3 "$$script" || exit 1; done

conformance: setup-tests ## Run the cases of the ONNX standard and write Docs/ONNX/Conformance.md anew
	REC_WRITE_CONFORMANCE=1 swift test --traits $(TRAITS) --disable-xctest --no-parallel --filter ConformanceTests

benchmark: setup ## Run this package and its rivals in alternation (BENCHMARK="--quick" for a short run)
	@Benchmarks/run.sh $(BENCHMARK)

clean: ## Remove build products and the demo's files
	rm -rf .build $(DEMO) Examples/*/.build Benchmarks/.build
