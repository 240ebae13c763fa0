"""The stories, in the order of a course, as an explicit list: a new one is a TOML file here and its name below."""

from typing import Final

LENGTHS: Final = (15, 30, 45)  # minutes of a lesson, for each of which a story has a plan
STORIES: Final = ("enthusiast", "grant", "duty", "levels")
