"""Files written whole or not at all, folders removed with care, disks that are full."""
