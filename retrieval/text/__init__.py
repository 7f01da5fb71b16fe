"""What a text says of itself: no index, no model, no question."""
