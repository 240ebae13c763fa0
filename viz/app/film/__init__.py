"""What Watch shows: one run year by year, small enough to be sent once and played in the browser."""
