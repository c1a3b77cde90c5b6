#!/usr/bin/env bash
# The action's work: messages, the build, a summary. What differs from the site before a change is told where that site is
# known, by its graph in .gen/ (kept from one run to the next).
set -euo pipefail

gen=${GEN:-gen}
root=${ROOT:-.}
flags=()
if [ -n "${BASE_URL:-}" ]; then flags+=(--base-url "$BASE_URL"); fi
summary=${GITHUB_STEP_SUMMARY:-/dev/stderr}

# In the form that puts each message beside its line.
"$gen" check --root "$root" "${flags[@]}" --format github || true

strict=()
if [ "${STRICT:-true}" = true ]; then strict+=(--strict); fi
log=$(mktemp)
status=0
"$gen" build --root "$root" "${flags[@]}" "${strict[@]}" --verbose > "$log" || status=$?
cat "$log"

{
    echo "## gen"
    echo
    if [ "$status" -eq 0 ]; then tail -n 1 "$log"; else echo "Nothing was published: the site has errors."; fi
    echo
    echo "- Broken links: $("$gen" check --root "$root" "${flags[@]}" --format json 2> /dev/null | python3 -c '
import json, sys
codes = ["dead-link", "dead-anchor", "draft-link", "missing-file"]
print(sum(message["code"] in codes for message in json.load(sys.stdin)))')"
} >> "$summary"

# Places in up next, as pairs of the list's owner and what stands in it.
now=$(mktemp)
if "$gen" graph --root "$root" "${flags[@]}" --format json 2> /dev/null > "$now"; then
    python3 - "$root/.gen/action-graph.json" "$now" >> "$summary" << 'PYTHON'
import json, pathlib, sys

before_file, now_file = map(pathlib.Path, sys.argv[1:])
now = json.loads(now_file.read_text())

def places(graph):
    return {(article["source"], entry["source"]) for article in graph["articles"] for entry in article["up_next"]}

def names(graph):
    return {article["source"] for article in graph["articles"]}

if before_file.is_file():
    before = json.loads(before_file.read_text())
    lost = sorted(places(before) - places(now))
    print(f"- Articles that are new: {len(names(now) - names(before))}; that are gone: {len(names(before) - names(now))}")
    print(f"- Places lost in up next: {len(lost)}")
    for owner, gone in lost[:10]:
        print(f"  - {gone} after {owner}")
before_file.parent.mkdir(exist_ok=True)
before_file.write_text(json.dumps(now))
PYTHON
fi

written=$(grep -c '^wrote ' "$log" || true)
removed=$(grep -c '^removed ' "$log" || true)
echo "- Files changed: $written written, $removed removed" >> "$summary"
if [ -n "${GITHUB_OUTPUT:-}" ]; then echo "folder=$root/public" >> "$GITHUB_OUTPUT"; fi
exit "$status"
