"""What a question says by itself."""
