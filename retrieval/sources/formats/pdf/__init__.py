"""PDF files: bytes -> Document."""
