#!/usr/bin/env bash
# Installs what is missing (packages; Chromium and sshd where it can) and runs every test.
set -euo pipefail
cd "$(dirname "$0")"
. tools/install.sh
install_packages
install_test_programs
install_sshd
export PATH="$PWD/node_modules/.bin:$PATH"
exec node tools/test.ts
