"""What the markup of a page says about its article."""
