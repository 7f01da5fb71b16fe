"""A parsed page -> the blocks of text that a reader sees."""
