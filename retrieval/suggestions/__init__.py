"""Questions made from what the articles of a collection say, to be offered to whoever does not know what to ask."""
