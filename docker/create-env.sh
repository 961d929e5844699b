#!/bin/sh
# Makes docker/.env of .env.example, with a fresh random secret for each generate-me. Keeps a .env that is there.
set -eu
cd "$(dirname "$0")"
if [ -e .env ]; then
  echo 'docker/.env is kept as it is'
  exit 0
fi
umask 077
while IFS= read -r line; do
  case $line in
    *=generate-me) printf '%s=%s\n' "${line%%=*}" "$(od -An -v -N32 -tx1 /dev/urandom | tr -d ' \n')" ;;
    *) printf '%s\n' "$line" ;;
  esac
done <.env.example >.env
echo 'docker/.env is written'
