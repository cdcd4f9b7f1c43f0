#!/bin/sh
# Lays a real Asterisk under .tools/asterisk for the tests, out of Debian's own packages: pinned by version and sha256
# (asterisk.lock), signed by Debian's archive key, from the mirror this machine is set up with. Nothing is installed:
# it runs by its own loader beside whatever the machine has. A second run compares one stamp and does nothing.
set -eu
cd "$(dirname "$0")/../.."
root=$(pwd -P)
lock=infra/telephony/asterisk.lock
home=.tools/asterisk
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
suite=bullseye

say() { printf '%s\n' "$*" >&2; }
stop() { say "Stoppet: $*"; exit 1; }
stamp_now() { cksum "$lock" infra/telephony/fetch.sh; }

[ -f "$home/stamp" ] && [ "$(stamp_now)" = "$(cat "$home/stamp")" ] && exit 0

command -v apt-get >/dev/null 2>&1 && command -v dpkg >/dev/null 2>&1 ||
    stop "telefonitestene trenger Debian (apt-get og dpkg)."
[ "$(dpkg --print-architecture)" = amd64 ] || stop "Asterisk til testene er låst for amd64."
[ -r "$keyring" ] || stop "fant ikke Debians nøkler. Legg inn debian-archive-keyring, og prøv igjen."

# The mirror of this machine's own Debian archive, not that of its security updates.
mirrors=$(apt-get indextargets --no-release-info --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security) || true
mirror=$(printf '%s\n' "$mirrors" | grep -E '/debian/?$' | head -n 1) || true
mirror=${mirror:-$(printf '%s\n' "$mirrors" | head -n 1)}
[ -n "$mirror" ] || stop "fant ikke hvilket Debian-arkiv denne maskinen bruker."

# Two at once would tear each other's folder apart.
mkdir -p .tools
exec 9>.tools/asterisk.lock
flock 9
[ -f "$home/stamp" ] && [ "$(stamp_now)" = "$(cat "$home/stamp")" ] && exit 0

say "Henter Asterisk for telefonitestene …"
work=$(mktemp -d .tools/asterisk.XXXXXX)
trap 'rm -rf "$root/$work"' EXIT
trap 'exit 130' INT TERM HUP
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/debs" "$work/root"
: >"$work/status"
echo "deb [signed-by=$keyring arch=amd64] $mirror $suite main" >"$work/sources.list"
cat >"$work/apt.conf" <<CONF
Dir::Etc::sourcelist "$root/$work/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State::lists "$root/$work/lists";
Dir::State::status "$root/$work/status";
Dir::Cache "$root/$work/cache";
APT::Sandbox::User "";
Acquire::Languages "none";
Acquire::Retries "3";
APT::Architecture "amd64";
CONF
export APT_CONFIG="$root/$work/apt.conf"
apt-get -qq -o Acquire::AllowInsecureRepositories=false update >&2 || stop "fikk ikke lest Debian $suite fra $mirror."
(cd "$work/debs" && sed 's/^[0-9a-f]*  //' "$root/$lock" | xargs apt-get -qq download >&2) ||
    stop "fikk ikke hentet pakkene i $lock."
# What came must be what was looked at when the lock was made; the names do not matter, the bytes do.
(cd "$work/debs" && sha256sum ./*.deb | cut -c1-64 | sort) >"$work/got"
cut -c1-64 "$lock" | sort | cmp -s - "$work/got" || stop "en pakke er en annen enn den som står i $lock."
for deb in "$work"/debs/*.deb; do dpkg -x "$deb" "$work/root"; done
rm -rf "$home"
mv "$work/root" "$home"
stamp_now >"$home/stamp"
say "Asterisk er på plass."
