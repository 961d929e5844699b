#!/bin/sh
# Starts Redis with redis.conf and the password of REDIS_PASSWORD or of the file REDIS_PASSWORD_FILE. The password
# travels over standard input, so that neither the process list nor a file shows it.
set -eu
password=${REDIS_PASSWORD:-$(cat "$REDIS_PASSWORD_FILE")}
settings=$(cat "$(dirname "$0")/redis.conf")
exec redis-server - <<END
$settings
requirepass "$password"
END
