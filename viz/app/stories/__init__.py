"""The stories, in the order of a course, as an explicit list: a new one is a TOML file here and its name below."""

from typing import Final

STORIES: Final = ("enthusiast", "grant", "duty", "levels")
