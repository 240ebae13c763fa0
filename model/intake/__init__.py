"""Tables that agencies publish, read from users' files and made into a place folder. Knows nothing of runs."""
