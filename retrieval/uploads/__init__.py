"""Documents that admins add and remove in chat."""
