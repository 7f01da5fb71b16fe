"""A question beside those before it, and a long text."""
