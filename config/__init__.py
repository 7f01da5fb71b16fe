"""Settings: read once, frozen, handed on as plain values by the composition root."""
