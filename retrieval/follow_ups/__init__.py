"""A question beside the one before it."""
