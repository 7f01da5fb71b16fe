"""A reply as a value: what it shows, its buttons, its links and its words."""
