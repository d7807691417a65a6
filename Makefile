# make demo   builds the library and runs a practice's day in C
# make test   everything that must be true
# make first  builds the program of the README's first invitation
# make header writes include/admit.h from src/ffi
# make bench  prints ratios against other ways to do the same, and what scripts cost

CARGO ?= cargo
TEST  := --features test-environment,cli
LIBS  := -lstdc++ -lgcc_s -lutil -lrt -lpthread -lm -ldl -lc
WARN  := -std=c99 -Wall -Wextra -Werror -pedantic

.PHONY: demo first test fmt clippy header golden bench tools clean

demo: target/demo/clinic_day
	target/demo/clinic_day target/demo examples/data

# Before the first release rows change their shape without an upgrade, so a new build begins anew.
target/demo/clinic_day: examples/c/clinic_day.c include/admit.h $(shell find src -name '*.rs') Cargo.toml
	$(CARGO) build --lib
	mkdir -p target/demo
	rm -f target/demo/clinic.admit target/demo/first.admit
	$(CC) $(WARN) -Iinclude $< target/debug/libadmit.a $(LIBS) -o $@

first: target/demo/first_invitation

target/demo/first_invitation: examples/c/first_invitation.c include/admit.h target/demo/clinic_day
	$(CC) $(WARN) -Iinclude $< target/debug/libadmit.a $(LIBS) -o $@

test: tools fmt
	$(CARGO) test $(TEST)
	$(MAKE) clippy
	$(MAKE) demo
	$(MAKE) target/demo/release_build && target/demo/release_build target/demo

# What only a build without test-environment shows.
target/demo/release_build: tests/c/release_build.c include/admit.h target/demo/clinic_day
	$(CC) $(WARN) -Iinclude $< target/debug/libadmit.a $(LIBS) -o $@

fmt:
	$(CARGO) fmt --all --check

clippy:
	$(CARGO) clippy --all-targets $(TEST) -- -D warnings

header:
	ADMIT_WRITE_HEADER=1 $(CARGO) test $(TEST) --test all header::

golden:
	ADMIT_WRITE_GOLDEN=1 ADMIT_WRITE_HEADER=1 $(CARGO) test $(TEST) --test all

# A new machine has gcc and g++; valgrind comes from the distribution.
tools:
	@command -v valgrind >/dev/null || { apt-get update -qq && apt-get install -y -qq valgrind; }

bench:
	$(CARGO) run --release -p admit-bench
	$(CARGO) run --release -p admit-bench-hooks

clean:
	$(CARGO) clean
