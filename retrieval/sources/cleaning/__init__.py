"""Text copied from a page -> the article in it, with the furniture of the page out."""
