"""Announces itself as an IPv6 router on `bridge` (RFC 4861, 4.2), as routers of real networks do. Ends with its parent."""
import os
import socket
import struct
import time

PREFIX = socket.inet_pton(socket.AF_INET6, "fd0a::")
# No default route by it: lifetime 0. Guests may make addresses of the prefix (flags L and A).
ANNOUNCEMENT = struct.pack("!BBHBBHII", 134, 0, 0, 64, 0, 0, 0, 0)
ANNOUNCEMENT += struct.pack("!BBBBIII16s", 3, 4, 64, 0xC0, 86400, 14400, 0, PREFIX)

parent = os.getppid()
sender = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
sender.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 255)
everybody = ("ff02::1", 0, 0, socket.if_nametoindex("bridge"))
while os.getppid() == parent:
    try:
        sender.sendto(ANNOUNCEMENT, everybody)
    except OSError:
        pass  # The bridge has no address of its own yet.
    time.sleep(0.5)
