#!/usr/bin/env bash
# Stops the server that ./start.sh started, by its process id, and nothing else.
set -euo pipefail
cd "$(dirname "$0")"
if [ ! -x node_modules/.bin/node ]; then
  echo "Nothing to stop: ./start.sh has not run here yet."
  exit 0
fi
exec node_modules/.bin/node tools/stop.ts
