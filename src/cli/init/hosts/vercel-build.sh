#!/bin/sh
# Vercel runs this on every push. Pull requests are built with the address of their preview.
set -eu
# What gen keeps between builds lies where Vercel keeps files: pictures are not made again.
kept=node_modules/.cache/gen
mkdir -p "$kept"
rm -rf .gen
cp -R "$kept" .gen
if [ "${VERCEL_ENV:-}" = preview ]; then
    set -- --base-url "https://$VERCEL_URL"
fi
npx --yes {package}@{version} build --strict "$@"
rm -rf "$kept" .vercel/output
cp -R .gen "$kept"
# The site as a build's own output: its redirects and headers are in vercel.json, which says version 3 there.
mkdir -p .vercel/output
cp -R public .vercel/output/static
rm .vercel/output/static/vercel.json
sed 's/"version": 2/"version": 3/' public/vercel.json > .vercel/output/config.json
