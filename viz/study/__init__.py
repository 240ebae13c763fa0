"""The report of a study: figures, sentences and page. Knows the analyses of `experiments` and no run folder."""
