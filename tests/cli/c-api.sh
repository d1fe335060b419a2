#!/bin/sh
# SPDX-License-Identifier: MIT
# c-api.sh - an installed tree is enough to build and run the program of docs/c-api.md; the header is C++, too.
# DEMARCHE_BUILD is the build folder.
. "$(dirname "$0")/lib.sh"
: "${DEMARCHE_BUILD:=$(dirname "$DEMARCHE")}"
: "${CC:=cc}"
for tool in "$CC" pkg-config meson; do
    command -v "${tool%% *}" >/dev/null || { echo "no $tool"; exit 77; }
done

what="install"
run 0 "$what" meson install -C "$DEMARCHE_BUILD" --no-rebuild --quiet --destdir "$work/root"
pc=$(find root -name demarche.pc)
libs=$(dirname "$(find root -name libdemarche.so)")
has "$pc" '^Name: demarche'
export PKG_CONFIG_SYSROOT_DIR="$work/root" PKG_CONFIG_PATH="$work/$(dirname "$pc")"

sed -n '/^```c$/,/^```$/p' "$DEMARCHE_SOURCE/docs/c-api.md" | grep -v '^```' >coded.c
what="the example is built as C"
# shellcheck disable=SC2046,SC2086
run 0 "$what" $CC -std=c99 -Wall -Wextra -Wpedantic -Werror coded.c $(pkg-config --cflags --libs demarche) -o coded
export LD_LIBRARY_PATH="$work/$libs"
what="it finds the installed data and codes"
run 0 "$what" ./coded
sed -n 's/^    \(ACCUSE .*\)/\1/p' "$DEMARCHE_SOURCE/docs/c-api.md" >want
lines want 1
same out want
what="it tells what is wrong"
run 1 "$what" ./coded ""
has err 'there is no text'
what="and where data are missing"
run 1 "$what" env DEMARCHE_DATA=/nowhere ./coded
has err 'DEMARCHE_DATA is /nowhere'

what="the header is C++"
cat >coded.cc <<'EOF'
#include <demarche.h>
int main()
{
    struct dm_run run = {};
    dm_totals totals;
    dm_error err;
    return dm_run_check(&run, &err) == DM_OK && dm_run(nullptr, &run, &totals, &err) == DM_OK ? 0 : 1;
}
EOF
if command -v c++ >/dev/null; then
    # shellcheck disable=SC2046
    run 0 "$what" c++ -std=c++11 -Wall -Wextra -Wpedantic -Werror coded.cc $(pkg-config --cflags --libs demarche) -o coded-cc
    run 0 "$what and runs" ./coded-cc
fi
finish
