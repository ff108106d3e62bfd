#!/usr/bin/env bash
# Installs what is missing, builds the page, starts the server in the background and waits until it is ready.
set -euo pipefail
cd "$(dirname "$0")"
. tools/install.sh
install_packages
exec node_modules/.bin/node tools/start.ts
