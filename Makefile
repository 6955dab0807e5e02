# Everything a contributor runs. `make demo` needs Rust and a C compiler, nothing else.

CARGO ?= cargo
TEST = $(CARGO) $(shell $(CARGO) nextest --version >/dev/null 2>&1 && echo nextest run || echo test) --locked
# How many crashes `make soak` plays through, and how often it kills a running server.
JANJI_RUNS ?= 5000
JANJI_KILLS ?= 200
# Over how many records it changes a period.
JANJI_RECORDS ?= 1000000
# How many seconds of processor time each fuzzer of the policy language takes.
JANJI_FUZZ_SECONDS ?= 600

.PHONY: help demo test tools rust doc api lsp exports pages pdf soak check format
# The PDF stands apart: its typesetter takes minutes to build, so only these targets build it, with one set of features.
PDF = -p pdf -p server -p janji --features janji/pdf


help:
	@echo 'make demo     build the server and show it on filled workspaces (ARGS="--no-serve --json")'
	@echo 'make test     install what the tests need, then run all of them'
	@echo 'make pdf      the PDF of a policy: builds the typesetter, checks the files (part of make test)'
	@echo 'make check    formatting and clippy, warnings denied'
	@echo 'make soak     the fuzzers, the bounds of the check and the crash tests with long counts (JANJI_RUNS=$(JANJI_RUNS) JANJI_KILLS=$(JANJI_KILLS))'
	@echo 'make format   rustfmt'

demo:
	$(CARGO) run --release --locked -p janji -- demo $(ARGS)

test: tools rust doc api lsp exports pages pdf

tools:
	@tests/tools.sh >/dev/null

rust:
	$(TEST)

doc:
	$(CARGO) test --locked --doc --quiet

api: tools
	$(CARGO) build --locked -p janji
	tests/api.sh

lsp: tools
	$(CARGO) build --locked -p janji
	tests/lsp.sh

exports: tools
	$(CARGO) build --locked -p janji
	tests/exports.sh

pages: tools
	$(CARGO) build --locked -p janji
	tests/pages.sh

# Only the tests with `pdf` in their name: the others ran without the feature.
pdf: tools
	$(TEST) $(PDF) pdf

soak:
	JANJI_FUZZ_SECONDS=$(JANJI_FUZZ_SECONDS) $(TEST) --release -p policy --test fuzz
	$(CARGO) run --release --locked -p janji -- bench check --gate
	JANJI_RUNS=$(JANJI_RUNS) JANJI_KILLS=$(JANJI_KILLS) JANJI_RECORDS=$(JANJI_RECORDS) $(TEST) -p faults -p store -p engine -p server -p janji

check:
	$(CARGO) fmt --all --check
	$(CARGO) clippy --locked --all-targets -- -D warnings
	$(CARGO) clippy --locked $(PDF) --all-targets -- -D warnings

format:
	$(CARGO) fmt --all
