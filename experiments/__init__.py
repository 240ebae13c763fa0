"""The questions put to the model: runs, replicates, results folders and the command line. Knows nothing of pictures."""
