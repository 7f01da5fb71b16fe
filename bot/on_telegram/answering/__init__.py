"""Questions and presses answered with messages."""
