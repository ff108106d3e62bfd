#!/bin/sh
# Makes a Debian system in the folder $1, like the one on Debian's cloud images, with a package repository of its own:
# so what guests install at their first boot needs no network.
set -eu

repository='
  mkdir /srv/packages
  cd /srv/packages
  apt-get -qq --yes --download-only -o Dir::Cache::archives=/srv/packages install qemu-guest-agent hello
  apt-get -qq -o APT::Sandbox::User=root download openssh-server sudo
  rm -rf lock partial
  for file in *.deb; do
    plain=$(echo "$file" | sed s/%3a/-/)
    [ "$file" = "$plain" ] || mv "$file" "$plain"
    dpkg-deb --field "$plain"
    echo "Filename: ./$plain"
    echo "Size: $(stat --format=%s "$plain")"
    echo "SHA256: $(sha256sum "$plain" | cut -d" " -f1)"
    echo
  done >Packages
  echo "deb [trusted=yes] file:/srv/packages ./" >/etc/apt/sources.list
'

exec mmdebstrap --quiet --variant=apt \
  --include=systemd-sysv,dbus,udev,cloud-init,openssh-server,sudo,ifupdown,netplan.io,iproute2,locales,locales-all,tzdata \
  --aptopt='Acquire::Languages "none"' \
  --dpkgopt=force-unsafe-io \
  --dpkgopt='path-exclude=/usr/share/man/*' \
  --dpkgopt='path-exclude=/usr/share/doc/*' \
  --customize-hook="chroot \"\$1\" sh -euc '$repository'" \
  bookworm "$1"
