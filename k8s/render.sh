#!/bin/sh
# Renders the base and every overlay with kubectl, as an apply would, and fails on an error or an empty result.
set -eu
cd "$(dirname "$0")"
if ! command -v kubectl >/dev/null; then
  echo 'k8s/render.sh needs kubectl on the PATH' >&2
  exit 1
fi
for folder in base overlays/*; do
  rendered=$(kubectl kustomize "$folder")
  objects=$(printf '%s\n' "$rendered" | grep -c '^kind: ' || true)
  if [ "$objects" -eq 0 ]; then
    echo "k8s/$folder renders to nothing" >&2
    exit 1
  fi
  echo "k8s/$folder: $objects objects"
done
