#!/bin/sh
# Holds the running program against the platform's own OpenAPI files, with schemathesis.
#
#   store/tests/specs.sh [PROGRAM]     default: target/debug/storefront-store
#   store/tests/specs.sh --missing     says what it lacks to run; nothing when it can
#
# The files are reference data and not part of the project: where they are absent (SPECS, by default
# shared/specs beside the repository), or schemathesis is (`pip install schemathesis`; SCHEMATHESIS names the
# command), it says "skipped" and why, and succeeds. EXAMPLES is how many are made up for an operation,
# SECONDS_EACH how long a file may take.
#
# All checks but two. `positive_data_acceptance` takes every refusal of data of the right shape for a
# mistake, and most such data name customers, groups and attributes that are not there.
# `status_code_conformance` wants every status documented, and the files leave out 401, 404, 405, 406,
# 415 and most of 400 and 422. Left out besides: metafields and stored instruments, which this store does
# not have. Where the files contradict themselves or HTTP, the copies that are held against are mended:
# - The headers `Accept` and `Content-Type` are not required: HTTP lets a client leave them out where
#   there is no body.
# - V3: what a channel inherits is null, as the description has it; the schema has no null.
# - V2: the amount of a discount is a text or a number, as its description has it; the schema says text.
# - V2: where it says `oneOf`, any of them will do, since a discount on all products fits several.
# - V2: a price list's rule requires `price_list_id`, which is the property there is; the file has
#   `price_list`, which no answer and no example of it has.
# - V2: what is wrong is told as a list of statuses with messages, V2's own way; the file has V3's object,
#   at a single group alone.
# - V2: the update of an address takes a part of it, as the platform does; the file requires all of it.
# - Geography: a country may have no states, and then their count is 0, not 1 at least.
# - V2 has `exclusiveMaximum: false`, which OpenAPI 3.1 does not know.
set -eu
specs=${SPECS:-$(dirname "$(realpath "$0")")/../../../shared/specs}
schemathesis=${SCHEMATHESIS:-schemathesis}
missing() {
    if [ ! -f "$specs/customers.v3.yml" ]; then
        echo "no specifications in $specs"
    elif ! command -v "$schemathesis" >/dev/null 2>&1; then
        echo "there is no $schemathesis; pip install schemathesis"
    elif ! command -v curl >/dev/null 2>&1; then
        echo "there is no curl"
    fi
}
missing=$(missing)
if [ "${1:-}" = --missing ]; then
    echo "$missing"
    exit 0
fi
if [ -n "$missing" ]; then
    echo "skipped: $missing"
    exit 0
fi
program=${1:-target/debug/storefront-store}
directory=$(mktemp -d)
program=$(realpath "$program")
cd "$directory"
token=token-of-the-specifications
cat > settings.json <<END
{"api": {"accounts": [{"client_id": "specs", "client_secret": "thirty-two bytes or more of secret", "token": "$token",
 "scope": "modify"}], "requests_per_window": 0, "password_checks_per_minute": 0}}
END
"$program" --port 0 --demo --data data --settings settings.json > out.log 2> err.log &
store=$!
trap 'kill $store; rm -rf "$directory"' EXIT
origin=
while [ -z "$origin" ]; do
    kill -0 $store || { cat err.log; exit 1; }
    sleep 0.2
    origin=$(sed -n 's/.*listening on //p' out.log)
done
# Numbers that are there, so that most requests get beyond "not found". 241 is the United States, 1214 Alabama.
for name in one two three four; do
    curl -fsS -o subscriber.json -H "X-Auth-Token: $token" -H 'Content-Type: application/json' \
        -d "{\"email\": \"$name@example.com\"}" "$origin/stores/local/v3/customers/subscribers"
done
cat > schemathesis.toml <<END
[dictionaries.numbers]
values = [1, 2, 3, 4]
[dictionaries.countries]
values = [241]
[parameters]
"path.id" = { dictionary = "countries" }
"path.country_id" = { dictionary = "countries" }
"path.customerId" = { dictionary = "numbers" }
"path.customer_id" = { dictionary = "numbers" }
"path.customer_address_id" = { dictionary = "numbers" }
"path.customer_group_id" = { dictionary = "numbers" }
"path.subscriber_id" = { dictionary = "numbers" }
[[operations]]
include-path = "/countries/{country_id}/states/{id}"
parameters = { "path.id" = 1214 }
END
failed=0
hold() { # file, version, further options
    file=$1 version=$2
    shift 2
    echo "== $file $*"
    sed -e '/name: \(Accept\|Content-Type\)$/,/required:/ s/required: true/required: false/' "$specs/$file" > "$file"
    sed -i -e '/^    Customer\(Channel\)*SettingsObject:/,/x-examples:/ s/^\( *\)type: \(boolean\|string\|integer\|object\)$/&\n\1nullable: true/' "$file"
    [ "$version" = v3 ] || sed -i -e 's/oneOf:/anyOf:/' -e '/exclusiveM.*imum: false/d' \
        -e '/^ *amount:$/ { n; s/type: string/anyOf: [{ type: string }, { type: number }]/; }' \
        -e '/- type$/ { n; s/- price_list$/- price_list_id/; }' \
        -e '/^    ErrorRequest:/,/properties:/ s/type: object/type: array/' \
        -e '/title: Customer Address$/,/type: object/ { /required:/d; /^ *- /d }' \
        -e '/^    count_Full:/,/minimum:/ s/minimum: 1/minimum: 0/' "$file"
    "$schemathesis" --no-color run "$file" -u "$origin/stores/local/$version" -H "X-Auth-Token: $token" \
        --checks all --exclude-checks positive_data_acceptance,status_code_conformance \
        --phases examples,coverage,fuzzing --continue-on-failure --max-examples "${EXAMPLES:-30}" \
        --generation-deterministic --max-time "${SECONDS_EACH:-60}" "$@" || failed=1
}
others='metafields|stored-instruments'
# What deletes comes last, customers behind what is theirs: it leaves nothing for the others.
hold customers.v3.yml v3 --exclude-path-regex "$others" --exclude-method DELETE
hold subscribers.v3.yml v3 --exclude-method DELETE
hold customers.v2.yml v2 --exclude-method DELETE
hold geography.v2.yml v2
hold subscribers.v3.yml v3 --include-method DELETE
hold customers.v2.yml v2 --include-method DELETE --exclude-path-regex 'customers(/\{customer_id\})?$'
hold customers.v3.yml v3 --include-method DELETE --exclude-path-regex "$others|customers\$"
hold customers.v3.yml v3 --include-method DELETE --exclude-path-regex "$others|customers/"
hold customers.v2.yml v2 --include-method DELETE --exclude-path-regex 'addresses|groups'
exit $failed
