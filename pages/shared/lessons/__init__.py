"""The lessons of the Learn page, a module each, and what they have in common."""
