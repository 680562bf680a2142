"""What kind of disk a folder lies on."""

from __future__ import annotations

from pathlib import Path

NETWORK_FILESYSTEMS = frozenset("nfs nfs4 cifs smb3 smbfs 9p fuse.sshfs fuse.rclone glusterfs ceph afs ncpfs".split())


def filesystem_of(folder: Path, mounts: Path) -> str:
    """The type of the file system a folder lies on, empty where the kernel does not tell."""
    if not mounts.exists():
        return ""
    best, kind = "", ""
    for line in mounts.read_text(encoding="utf-8").splitlines():
        before, _, after = line.partition(" - ")
        point = before.split()[4].replace("\\040", " ")
        if folder.is_relative_to(point) and len(point) >= len(best):
            best, kind = point, after.split()[0]
    return kind
