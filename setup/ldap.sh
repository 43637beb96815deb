#!/bin/sh
# ldap.sh PYTHON: build the LDAP library into PYTHON's environment, where it can be built.
# Exit 0: it is there. Exit 3: it was left out, in one line; all but LDAP works without it.
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
. "$here/apt.sh"
python=$1
lock=$here/../requirements-ldap.lock

# Print what a build needs and is not here, as Debian's packages.
lacking() {
    if ! command -v cc >/dev/null 2>&1; then
        printf ' gcc libc6-dev libldap-dev libsasl2-dev'
    else
        printf '#include <ldap.h>\n' | cc -E -x c - >/dev/null 2>&1 || printf ' libldap-dev'
        printf '#include <sasl/sasl.h>\n' | cc -E -x c - >/dev/null 2>&1 || printf ' libsasl2-dev'
    fi
    "$python" -c 'import os, sysconfig as s, sys
sys.exit(not os.path.exists(os.path.join(s.get_path("include"), "Python.h")))' || printf ' python3-dev'
}

left_out() {
    echo "ldap: left out ($1). Everything else works; for LDAP: $2, then make setup"
    exit 3
}

needed=$(lacking)
if [ -n "$needed" ] && [ "$(id -u)" -eq 0 ] && command -v dpkg-query >/dev/null 2>&1; then
    # shellcheck disable=SC2086 # a list of names
    install_packages ldap $needed || true
    needed=$(lacking)
fi
if [ -n "$needed" ]; then
    left_out "no compiler or headers" "apt-get install$needed (as root)"
fi

log=$(mktemp)
if ! "$python" -m pip install -q --disable-pip-version-check --no-deps --require-hashes \
    --no-build-isolation -r "$lock" >"$log" 2>&1 || ! "$python" -c 'import ldap' 2>>"$log"; then
    left_out "it could not be built" "see $log"
fi
rm -f "$log"
