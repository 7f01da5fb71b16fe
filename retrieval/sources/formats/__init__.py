"""Readers, one file a format: bytes -> documents."""
