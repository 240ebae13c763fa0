"""Who acts: state, counties, municipalities, citizens and businesses. Knows nothing of the world they live in."""
