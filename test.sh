#!/usr/bin/env bash
# Installs what is missing (packages; Chromium, sshd and the like where it can) and runs every test.
set -euo pipefail
cd "$(dirname "$0")"
. tools/install.sh
install_packages
install_test_programs
export PATH="$PWD/node_modules/.bin:$PATH"
exec node tools/test.ts
