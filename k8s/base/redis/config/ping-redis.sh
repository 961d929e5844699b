#!/bin/sh
# Succeeds when Redis serves commands; an answer such as "LOADING" does not count.
set -eu
export REDISCLI_AUTH="${REDIS_PASSWORD:-$(cat "$REDIS_PASSWORD_FILE")}"
[ "$(redis-cli ping)" = PONG ]
