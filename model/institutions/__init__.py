"""Rules as data: ADICO statements are read, checked, read out as sentences and turned into the Terms of a year."""
