"""Backups: what a data folder holds that cannot be made anew, in one file, and the way back from it."""
