# Debian's packages from a script: only what is missing, and only as root. Sourced; does nothing alone.

# Print those of the packages named that are not installed.
missing_packages() {
    for package in "$@"; do
        state=$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null || true)
        case $state in
        ii*) ;;
        *) printf ' %s' "$package" ;;
        esac
    done
}

# install_packages WHO PACKAGE…: quietly; on failure the end of the story, and 1.
install_packages() {
    who=$1
    shift
    log=$(mktemp)
    export DEBIAN_FRONTEND=noninteractive
    # The list of packages may be missing or old: fetch it only when the first attempt fails.
    if ! _apt install --no-install-recommends "$@"; then
        _apt update || true
        if ! _apt install --no-install-recommends "$@"; then
            tail -n 20 "$log" >&2
            echo "$who: could not install $* (the whole story: $log)" >&2
            return 1
        fi
    fi
    rm -f "$log"
    echo "$who: installed $*"
}

_apt() {
    apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" >>"$log" 2>&1
}
