"""Text as it stands in a file: encodings, wrapped lines, Markdown."""
