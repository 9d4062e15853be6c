package main

import "golang.org/x/sys/unix"

// fileSystem names what a folder stands on, and says why that is not good for
// an archive; why is "" when it is, or is not known to be bad.
func fileSystem(dir string) (name, why string) {
	var st unix.Statfs_t
	if unix.Statfs(dir, &st) != nil {
		return "", ""
	}
	const net = "file systems over a network keep neither locks nor memory maps as bbolt needs them; archives get damaged there"
	switch uint32(st.Type) {
	case unix.NFS_SUPER_MAGIC:
		return "NFS", net
	case 0xFF534D42, 0xFE534D42:
		return "SMB/CIFS", net
	case unix.SMB_SUPER_MAGIC:
		return "SMB", net
	case unix.AFS_SUPER_MAGIC, unix.CODA_SUPER_MAGIC:
		return "AFS", net
	case 0x00C36400:
		return "Ceph", net
	case unix.V9FS_MAGIC:
		return "9p (a folder of the host of a virtual machine)", net
	case unix.FUSE_SUPER_MAGIC:
		return "FUSE", "what is behind it may be a network, which bbolt can't be trusted to"
	case unix.TMPFS_MAGIC, unix.RAMFS_MAGIC:
		return "memory (tmpfs)", "all of it is gone when the machine restarts"
	case unix.OVERLAYFS_SUPER_MAGIC:
		return "overlay (a container's own layer)", "it is gone with the container: mount a volume"
	case unix.EXT4_SUPER_MAGIC:
		return "ext4", ""
	case unix.XFS_SUPER_MAGIC:
		return "XFS", ""
	case unix.BTRFS_SUPER_MAGIC:
		return "Btrfs", ""
	case 0x2FC12FC1:
		return "ZFS", ""
	case unix.F2FS_SUPER_MAGIC:
		return "F2FS", ""
	}
	return "", ""
}
