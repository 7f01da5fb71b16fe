"""EPUB books: bytes -> Document."""
