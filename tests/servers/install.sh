#!/bin/sh
# Install the Debian packages that the tests' servers need: only what is missing, and only as root.
# Starts no service and changes no configuration of the machine.
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "servers: no Debian here; install these yourself: $(tr '\n' ' ' <"$here/packages.txt")"
    exit 0
fi

missing=""
while read -r package; do
    [ -n "$package" ] || continue
    state=$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null || true)
    case $state in
    ii*) ;;
    *) missing="$missing $package" ;;
    esac
done <"$here/packages.txt"

if [ -z "$missing" ]; then
    echo "servers: all packages are here"
    exit 0
fi

if [ "$(id -u)" -ne 0 ]; then
    echo "servers: ask an administrator for: apt-get install --no-install-recommends$missing"
    exit 0
fi

export DEBIAN_FRONTEND=noninteractive
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

log=$(mktemp)
install() {
    # shellcheck disable=SC2086 # a list of names
    apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends $missing >>"$log" 2>&1
}
# The list of packages may be missing or old: fetch it only when the first attempt fails.
if ! install; then
    apt-get -q -o DPkg::Lock::Timeout=300 update >>"$log" 2>&1 || true
    if ! install; then
        tail -n 20 "$log" >&2
        echo "servers: could not install:$missing (the whole story: $log)" >&2
        exit 1
    fi
fi
rm -f "$log"
echo "servers: installed$missing"
