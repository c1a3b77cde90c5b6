#!/bin/sh
# Installs gen @version@ into ~/.local/bin, or into the folder GEN_INSTALL. The archive is checked before anything is written.
# GEN_FROM is where the archives lie, in place of the release.
set -eu

version="@version@"
from="${GEN_FROM:-@repository@/releases/download/v$version}"
folder="${GEN_INSTALL:-$HOME/.local/bin}"

fail() {
    echo "error: $1" >&2
    exit 1
}

case "$(uname -m)" in
    x86_64 | amd64) machine=x86_64 ;;
    aarch64 | arm64) machine=aarch64 ;;
    *) fail "there is no binary for a machine of the kind $(uname -m); with Rust: cargo install @name@" ;;
esac
case "$(uname -s)" in
    # This one is static, and runs with every C library.
    Linux) target=$machine-unknown-linux-musl ;;
    Darwin) target=$machine-apple-darwin ;;
    *) fail "there is no binary for $(uname -s); on Windows, use npm, pip or winget" ;;
esac
case "$target" in
    x86_64-unknown-linux-musl) wanted="@sha256 x86_64-unknown-linux-musl@" ;;
    aarch64-unknown-linux-musl) wanted="@sha256 aarch64-unknown-linux-musl@" ;;
    x86_64-apple-darwin) wanted="@sha256 x86_64-apple-darwin@" ;;
    aarch64-apple-darwin) wanted="@sha256 aarch64-apple-darwin@" ;;
esac

name="@name@-$version-$target"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
curl --fail --silent --show-error --location --output "$work/archive" "$from/$name.tar.gz"
if command -v sha256sum > /dev/null; then
    sum="$(sha256sum "$work/archive")"
else
    sum="$(shasum -a 256 "$work/archive")"
fi
[ "${sum%% *}" = "$wanted" ] || fail "$name.tar.gz is not the file that was released; nothing was installed"
tar -xzf "$work/archive" -C "$work"
mkdir -p "$folder"
# Beside its place and then renamed: a gen that runs is not written into.
cp "$work/$name/gen" "$folder/.gen.new"
chmod 755 "$folder/.gen.new"
mv "$folder/.gen.new" "$folder/gen"
echo "gen $version is in $folder"
case ":$PATH:" in
    *":$folder:"*) ;;
    *) echo "Add $folder to your PATH." ;;
esac
