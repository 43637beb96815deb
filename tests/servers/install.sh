#!/bin/sh
# Install the Debian packages that the tests' servers need: only what is missing, and only as root.
# Starts no service and changes no configuration of the machine.
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "servers: no Debian here; install these yourself: $(tr '\n' ' ' <"$here/packages.txt")"
    exit 0
fi

. "$here/../../setup/apt.sh"
# shellcheck disable=SC2046 # a list of names
missing=$(missing_packages $(cat "$here/packages.txt"))

if [ -z "$missing" ]; then
    echo "servers: all packages are here"
    exit 0
fi

if [ "$(id -u)" -ne 0 ]; then
    echo "servers: ask an administrator for: apt-get install --no-install-recommends$missing"
    exit 0
fi

# Answers to the questions that the packages would ask.
debconf-set-selections <<'ANSWERS'
postfix postfix/main_mailer_type select No configuration
slapd slapd/no_configuration boolean true
ANSWERS

# The packages would start their servers; the tests start private ones instead.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    trap 'rm -f "$policy"' EXIT
fi

# shellcheck disable=SC2086 # a list of names
install_packages servers $missing
