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

can_install() {
  command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
}

# The programs that the tests use: a browser, a real sshd, and Debian's own readers of what we write for guests.
install_test_programs() {
  local missing=()
  # Best is Chromium without a window, which opens a page in a third of the time; any other does as well.
  if [ -z "${CHROMIUM:-}" ] && ! command -v chromium-headless-shell >/dev/null; then
    if can_install && apt-cache show chromium-headless-shell >/dev/null 2>&1; then
      missing+=(chromium-headless-shell)
    elif ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null; then
      missing+=(chromium)
    fi
  fi
  command -v cloud-init >/dev/null || missing+=(cloud-init)
  command -v isoinfo >/dev/null || missing+=(genisoimage)
  [ -x /usr/sbin/sshd ] || missing+=(openssh-server)
  # Guests that really boot.
  command -v mmdebstrap >/dev/null || missing+=(mmdebstrap)
  command -v systemd-nspawn >/dev/null || missing+=(systemd-container)
  command -v ip >/dev/null || missing+=(iproute2)
  command -v ssh >/dev/null || missing+=(openssh-client)
  [ ${#missing[@]} -gt 0 ] || return 0
  if can_install; then
    echo "Installing ${missing[*]} for the tests"
    # Without the services of what is installed, which nobody asked for.
    local as_root=(env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1)
    [ "$(id -u)" = 0 ] || as_root=(sudo -n "${as_root[@]}")
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    # Installed here it must only read documents, never set up this machine at its next boot.
    case " ${missing[*]} " in *" cloud-init "*) "${as_root[@]}" touch /etc/cloud/cloud-init.disabled ;; esac
  else
    echo "Missing and not installable from here: ${missing[*]}. Without chromium (or CHROMIUM set to its path) the browser tests fail; the tests that need the others are skipped."
  fi
}
