"""The web: addresses -> originals, politely and within limits."""
