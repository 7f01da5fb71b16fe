"""Web pages: bytes -> documents."""
