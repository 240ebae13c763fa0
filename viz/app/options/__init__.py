"""Each file makes what one kind of figure shows, from an ensemble, in one language. They do not know each other."""
