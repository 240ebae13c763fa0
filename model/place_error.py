"""The error of places, in a room of its own since all who read places raise it."""


class PlaceError(ValueError):
    """A place that does not exist or cannot be read; the message names file, row and remedy."""
