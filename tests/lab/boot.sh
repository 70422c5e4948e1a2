#!/bin/sh
# Boots the box: systemd with the rendered site, in namespaces of its own, over this machine's own root file system.
# Started by box.py inside `ip netns exec … unshare …`, with what varies in the environment.
set -eu
stage=$LAB/stage
mount -t tmpfs -o mode=755 lab "$LAB"
mkdir "$stage" "$LAB/upper" "$LAB/work"
mount -t overlay lab -o "lowerdir=/,upperdir=$LAB/upper,workdir=$LAB/work" "$stage"

# A machine's own services, mounts and clock are none of ours; what a card's recipe would install is put in their place.
rm -rf "$stage/etc/systemd/system" "$stage/etc/fstab" "$stage/etc/sysctl.d" "$stage/etc/tmpfiles.d" "$stage/etc/nginx"
cp -a "$TREE/etc/." "$stage/etc/"
chown -R root:root "$stage/etc/systemd" "$stage/etc/kiosk" "$stage/etc/nginx"
units=$stage/etc/systemd/system
cp "$SOURCE"/systemd/*.service "$SOURCE"/systemd/*.t* "$SOURCE"/systemd/*.path "$SOURCE"/systemd/*.mount "$units/"
mkdir -p "$units/local-fs.target.wants" "$units/multi-user.target.wants" "$units/sysinit.target.wants"
ln -s ../run-kiosk-views.mount "$units/local-fs.target.wants/"
ln -s ../kiosk.target "$units/multi-user.target.wants/"
# No radio, no first boot, and no devices of this machine.
for unit in hostapd.service kiosk-first-boot.service kiosk-shell.service systemd-udevd.service \
    systemd-udevd-control.socket systemd-udevd-kernel.socket systemd-udev-trigger.service systemd-resolved.service \
    systemd-modules-load.service console-getty.service getty.target systemd-logind.service; do
    ln -sf /dev/null "$units/$unit"
done
: > "$stage/etc/machine-id"
touch "$stage/etc/.updated" "$stage/var/.updated"  # else the system takes itself for one that was just unpacked
systemd-sysusers --root="$stage" "$SOURCE/systemd/kiosk.sysusers"
while read -r path group; do chroot "$stage" chgrp "$group" "/$path"; done < "$GROUPS_FILE"

# A cable between namespaces has a driver of its own.
uplink=$stage/etc/systemd/network/30-uplink.network
if [ -e "$uplink" ]; then
    mkdir "$uplink.d"
    printf '[Match]\nName=eth0\nDriver=veth\n' > "$uplink.d/lab.conf"
fi

# The programs as on a card, under /opt/kiosk.
mkdir -p "$stage/opt/kiosk/bin" "$stage/opt/kiosk/source" "$stage/opt/kiosk/packages" "$stage/opt/kiosk/python"
mkdir "$LAB/changed" "$LAB/scratch"
for part in "source $SOURCE" "packages $PACKAGES" "python $PYTHON"; do
    name=${part%% *}
    mkdir "$LAB/changed/$name" "$LAB/scratch/$name"
    mount -t overlay "$name" -o "lowerdir=${part#* },upperdir=$LAB/changed/$name,workdir=$LAB/scratch/$name" \
        "$stage/opt/kiosk/$name"
done
# Without what only a desk or the province has: libraries load it where they find it, and grow by it. Compiled as the
# image's recipe does, for commands and for services: what compiles itself at its start is larger for as long as it lives.
rm -rf "$stage/opt/kiosk/packages/PIL" "$stage/opt/kiosk/packages"/psycopg*
LD_LIBRARY_PATH=$PYTHON/lib "$PYTHON/bin/python3" -m compileall -q -o 0 -o 2 "$stage/opt/kiosk/source/kiosk"
chroot "$stage" env PYTHONPATH=/opt/kiosk/source:/opt/kiosk/packages LD_LIBRARY_PATH=/opt/kiosk/python/lib \
    /opt/kiosk/python/bin/python3 -OO -c "
import gunicorn.workers.gthread, kiosk.__main__, kiosk.cli.device, kiosk.usage.recorder, kiosk.watchdog
import kiosk.web.app, kiosk.web.server"
for name in source packages python; do mount -o remount,ro,bind "$stage/opt/kiosk/$name"; done
cat > "$stage/opt/kiosk/bin/kiosk" <<'END'
#!/bin/sh
export PYTHONPATH=/opt/kiosk/source:/opt/kiosk/packages PYTHONDONTWRITEBYTECODE=1 LD_LIBRARY_PATH=/opt/kiosk/python/lib
exec /opt/kiosk/python/bin/python3 -m kiosk "$@"
END
chmod 755 "$stage/opt/kiosk/bin/kiosk"
mkdir -p "$stage/var/lib/kiosk"
mount --bind "$DATA" "$stage/var/lib/kiosk"

# The kernel is this machine's: of its settings only those of the box's own network can be changed.
mount -t proc proc "$stage/proc"
mount --bind "$stage/proc/sys" "$stage/proc/sys"
mount -o remount,ro,bind "$stage/proc/sys"
mount --bind /proc/sys/net "$stage/proc/sys/net"
mount -t sysfs -o ro sys "$stage/sys"
mount -t cgroup2 cgroup "$stage/sys/fs/cgroup"
for folder in run tmp dev; do mount -t tmpfs -o mode=755 "$folder" "$stage/$folder"; done
chmod 1777 "$stage/tmp"
for file in null zero full random urandom tty; do
    touch "$stage/dev/$file"
    mount --bind "/dev/$file" "$stage/dev/$file"
done
mkdir "$stage/dev/shm" "$stage/dev/pts"
ln -s pts/ptmx "$stage/dev/ptmx"
ln -s /proc/self/fd "$stage/dev/fd"
mkdir "$stage/run/host"
cd "$stage"
mkdir run/old
pivot_root . run/old
umount -l run/old
export container=lab
exec setpriv --bounding-set=-sys_time,-sys_module,-sys_boot,-syslog,-mknod \
    /lib/systemd/systemd --system --unit=multi-user.target --log-target=journal --show-status=no --log-level=info
