"""Readers, one room a family of formats: bytes -> documents."""
