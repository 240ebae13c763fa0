"""The commands of `omstilling`, one file each; at the top of each stand typer and the standard library alone."""
