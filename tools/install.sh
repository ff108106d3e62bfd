# Shared by start.sh and test.sh: brings what is missing, quietly where nothing is.

install_packages() {
  if ! command -v npm >/dev/null; then
    echo "npm is missing. Install Node.js 20 or newer with npm, then run this again." >&2
    exit 1
  fi
  # npm writes this file at the end of an install, so it is older than the lock file when something is missing.
  if [ ! -x node_modules/.bin/node ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    echo "Installing packages, about half a minute the first time"
    npm ci --no-audit --no-fund --loglevel=error
    touch node_modules/.package-lock.json
  fi
}

install_chromium() {
  if [ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null || command -v google-chrome >/dev/null; then return; fi
  if command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then
    echo "Installing Chromium for the browser tests"
    local as_root=""
    [ "$(id -u)" = 0 ] || as_root="sudo -n"
    DEBIAN_FRONTEND=noninteractive $as_root apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends chromium >/dev/null
  else
    echo "Chromium is missing and cannot be installed from here: the browser tests will fail. Set CHROMIUM to its path."
  fi
}
