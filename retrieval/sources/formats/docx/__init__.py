"""Word documents: bytes -> Document."""
