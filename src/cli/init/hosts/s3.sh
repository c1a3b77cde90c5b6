#!/bin/sh
# Builds the site and sends it to a bucket, with the AWS command line: BUCKET=my-bucket sh publish.sh
# Other stores of the same kind: ENDPOINT=https://… as well. As the page for errors, name 404.html there.
set -eu
: "${BUCKET:?name the bucket: BUCKET=my-bucket sh publish.sh}"
npx --yes {package}@{version} build --strict
send() {
    aws s3 sync public "s3://$BUCKET" ${ENDPOINT:+--endpoint-url "$ENDPOINT"} "$@"
}
# What never changes goes first, so that no page asks for what is not there yet; what is gone goes last.
send --exclude "*" --include "assets/*" --include "cards/*" --include "pictures/*" --include "search/*/*" \
    --cache-control "public, max-age=31536000, immutable"
send --exclude "assets/*" --exclude "cards/*" --exclude "pictures/*" --exclude "search/*/*" --cache-control "no-cache"
send --delete --size-only
echo "Published at {base_url}"
