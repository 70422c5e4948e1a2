"""What the kernel must let root do for a box to boot in namespaces; a container's root may be barred from any of it."""

from kiosk.errors import KioskError
from kiosk.process import run

_APART = ("unshare", "--mount", "--propagation", "private", "--uts", "--ipc", "--cgroup", "--net", "--pid", "--fork")
_RIGHTS = {
    "namespaces (mounts, names, IPC, control groups, net, processes)": "true",
    "a file system in memory and an overlay over /": """
        mount -t tmpfs lab /mnt && mkdir /mnt/up /mnt/work /mnt/all &&
        mount -t overlay lab -o lowerdir=/,upperdir=/mnt/up,workdir=/mnt/work /mnt/all && test -x /mnt/all/bin/sh""",
    "proc and sysfs of its own": "mount -t proc lab /mnt && mount -t sysfs -o ro lab /mnt",
    "control groups of the second version, in which systemd is the first process": """
        mount -t cgroup2 lab /mnt && group=$(mktemp -d /mnt/labXXXXXX) && sh -c "echo 0 > $group/cgroup.procs"
        until rmdir $group; do sleep 0.1; done""",
    "bridges and cables": """
        ip link add wlan0 type bridge && ip link add one type veth peer name other &&
        ip link set one master wlan0 && ip link set one type bridge_slave isolated on""",
    "a firewall with limits, NAT and counted connections": """
        nft -f - <<END
        table inet lab {
            set one { type ipv4_addr; size 64; flags dynamic; }
            chain led { type nat hook prerouting priority dstnat
                fib daddr type unicast tcp dport 80 dnat ip to 10.0.0.1; }
            chain raw { type filter hook prerouting priority raw; udp dport 53 notrack; }
            chain in { type filter hook input priority filter; limit rate over 9/second drop
                add @one { ip saddr ct count over 4 } reject with tcp reset; }
        }
END""",
}


def missing() -> list[str]:
    """What root may not do here, each with the program's own word; nothing where a box can boot.

    Without namespaces nothing else can be tried.
    """
    found = []
    for what, tried in _RIGHTS.items():
        try:
            run([*_APART, "sh", "-e", "-c", tried])
        except KioskError as barred:
            found.append(f"{what} ({barred.message})")
            if what == next(iter(_RIGHTS)):
                break
    return found
