#!/usr/bin/env bash
# Installs the system libraries that the package links (OpenBLAS, libjpeg-turbo), those of its traits for pictures
# (libpng, libwebp, libheif) and engines (libpq, libcurl), and the tools its scripts use (pkg-config, Python with pip).
# With --tests also Node.js, which runs the tests of pages' scripts, and Python's venv for the tools of the shop's check.
# With --spark also a Java runtime and venv. What cannot be installed of these is left out, and so are the tests that need
# it, as with a Node.js older than version 18.
# Does nothing when all is there. Works on Debian and Ubuntu (apt) and on macOS (brew).
set -euo pipefail

say() { printf '%s\n' "$*" >&2; }
fail() { say "error: $*"; exit 1; }

apt_packages=(libopenblas-dev libturbojpeg0-dev libjpeg-dev libpng-dev zlib1g-dev libwebp-dev libheif-dev libpq-dev
    libcurl4-openssl-dev pkg-config)
brew_packages=(openblas jpeg-turbo libpng webp libheif libpq curl pkgconf)

# Whether a package is installed, for any architecture.
apt_has() {
    local status
    status=$(dpkg-query --show --showformat='${db:Status-Status}\n' "$1" 2>/dev/null) || return 1
    [[ $status == *installed* && $status != *not-installed* ]]
}

install_with_apt() {
    local package missing=()
    for package in "${apt_packages[@]}"; do
        case $package in
        pkg-config) command -v pkg-config >/dev/null || missing+=("$package") ;;
        # Another package may bring it with another TLS library, and only one can be installed.
        libcurl4-*) pkg-config --exists libcurl 2>/dev/null || missing+=("$package") ;;
        *) apt_has "$package" || missing+=("$package") ;;
        esac
    done
    command -v python3 >/dev/null || missing+=(python3)
    python3 -m pip --version >/dev/null 2>&1 || missing+=(python3-pip)
    if [[ ${#missing[@]} -eq 0 ]]; then
        say "System packages: all there."
        return
    fi

    apt_install "${missing[@]}"
}

# Ends the script, or the subshell that it is called in, when apt cannot install the packages.
apt_install() {
    local as_root=()
    if [[ $(id -u) -ne 0 ]]; then
        command -v sudo >/dev/null || fail "these packages are missing: $*. Run as root: apt-get install $*"
        as_root=(sudo)
    fi
    say "System packages: installing $*"
    # Lists from an older update usually do; an update is made when they do not.
    install_missing() {
        ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
            apt-get install --yes --quiet --no-install-recommends "$@" >&2
    }
    if ! apt-cache show "$@" >/dev/null 2>&1 || ! install_missing "$@"; then
        ${as_root[@]+"${as_root[@]}"} apt-get update --quiet >&2 || true
        install_missing "$@" || fail "apt could not install $*; see its messages above"
    fi
}

install_with_brew() {
    local package missing=()
    for package in "${brew_packages[@]}"; do
        brew list --versions "$package" >/dev/null 2>&1 || missing+=("$package")
    done
    python3 -m pip --version >/dev/null 2>&1 || missing+=(python3)
    if [[ ${#missing[@]} -eq 0 ]]; then
        say "System packages: all there."
        return
    fi
    say "System packages: installing ${missing[*]}"
    brew install "${missing[@]}" >&2
}

if [[ $(uname -s) == Darwin ]]; then
    command -v brew >/dev/null || fail "Homebrew is needed to install ${brew_packages[*]}"
    install_with_brew
    install_node() { brew install node >&2; }
    install_java() { brew install openjdk@17 >&2; }
elif command -v apt-get >/dev/null; then
    install_with_apt
    install_node() { (apt_install nodejs); }
    install_java() { (apt_install openjdk-17-jre-headless) || (apt_install default-jre-headless); }
else
    fail "no apt and no brew here: install OpenBLAS, libjpeg-turbo (with headers), pkg-config and Python with pip by hand"
fi

install_venv() {
    python3 -c "import ensurepip" 2>/dev/null || ! command -v apt-get >/dev/null || (apt_install python3-venv) || true
}

if [[ ${1:-} == --tests ]]; then
    command -v node >/dev/null || install_node || say "Without Node.js the tests of pages' scripts are left out."
    install_venv
fi

if [[ ${1:-} == --spark ]]; then
    java -version >/dev/null 2>&1 || install_java || say "Without Java the test of Examples/Spark is left out."
    install_venv
fi
