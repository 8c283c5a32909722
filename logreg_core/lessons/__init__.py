"""What the lessons of the Learn page compute: the core's own functions on examples small enough to see through."""
