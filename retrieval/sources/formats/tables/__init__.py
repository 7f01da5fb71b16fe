"""Files with one article a row: CSV, JSON lines."""
