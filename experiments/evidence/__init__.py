"""What the program itself has been held against, kept with it: results of the claims and of the patterns."""
