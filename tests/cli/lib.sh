# SPDX-License-Identifier: MIT
# lib.sh - what the command line's tests share; each test is a file of its own that begins with
#   . "$(dirname "$0")/lib.sh"
# and ends with `finish`. DEMARCHE is the program, DEMARCHE_SOURCE the source tree; both have
# defaults that fit a build folder below the source.

set -u
here=$(cd "$(dirname "$0")" && pwd)
: "${DEMARCHE_SOURCE:=$(cd "$here/../.." && pwd)}"
: "${DEMARCHE:=$DEMARCHE_SOURCE/build/demarche}"
unset COLUMNS DEMARCHE_DATA DEMARCHE_CPU
export LC_ALL=C.UTF-8
[ -x "$DEMARCHE" ] || { echo "no program at $DEMARCHE" >&2; exit 99; }
command -v python3 >/dev/null || { echo "no python3 (Debian: python3): what comes out is read by it" >&2; exit 99; }

work=$(mktemp -d)
cleanup() { rm -rf "$work"; }
trap cleanup EXIT
cd "$work" || exit 99
passed=0
failed=0

ok() { passed=$((passed + 1)); }

not_ok() {
    failed=$((failed + 1))
    echo "FAILED: $*"
    [ -s err ] && sed 's/^/    standard error: /' err | head -5
    return 0
}

# run STATUS WHAT COMMAND...: runs it with standard output in `out`, standard error in `err`.
run() {
    want=$1
    what=$2
    shift 2
    "$@" >out 2>err
    got=$?
    if [ "$got" -eq "$want" ]; then ok; else not_ok "$what: exit status $got, not $want"; fi
}

# check WHAT COMMAND...: the command succeeds.
check() {
    what=$1
    shift
    if "$@" >/dev/null 2>&1; then ok; else not_ok "$what"; fi
}

# has FILE PATTERN, has_not: a line of the file matches the basic regular expression.
has() {
    if grep -q -e "$2" "$1"; then ok; else not_ok "$what: no '$2' in $1: $(head -c 300 "$1")"; fi
}
has_not() {
    if [ ! -e "$1" ] || grep -q -e "$2" "$1"; then not_ok "$what: '$2' in $1, or no such file"; else ok; fi
}

# lines FILE N: it has so many lines.
lines() {
    n=$(wc -l <"$1")
    if [ "$n" -eq "$2" ]; then ok; else not_ok "$what: $n lines in $1, not $2: $(head -c 300 "$1")"; fi
}

# same A B: the same bytes.
same() {
    if cmp -s "$1" "$2"; then ok; else not_ok "$what: $1 and $2 differ"; fi
}

finish() {
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
    exit
}
