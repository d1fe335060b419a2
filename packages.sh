# What Demarche needs of Debian 12; read by ./start and ./check.
# install_missing PACKAGE...: installs those that are not there, as root or by sudo.
BUILD_PACKAGES="gcc libc6-dev meson ninja-build pkg-config libxml2-dev libjansson-dev libsqlite3-dev libutf8proc-dev zlib1g-dev libzstd-dev libbrotli-dev libcurl4-openssl-dev ca-certificates"
TEST_PACKAGES="$BUILD_PACKAGES python3"

install_missing() {
    missing=""
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    [ -z "$missing" ] && return 0
    echo "Installing:$missing"
    if [ "$(id -u)" = 0 ]; then as_root=""
    elif command -v sudo >/dev/null 2>&1; then as_root="sudo"
    else
        echo "These Debian packages are missing, and this is neither root nor is there sudo. Install them by hand:" >&2
        echo "    apt-get install$missing" >&2
        return 1
    fi
    DEBIAN_FRONTEND=noninteractive
    export DEBIAN_FRONTEND
    # The package lists of a fresh machine are empty or old.
    $as_root apt-get update -qq >/dev/null && $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
}
