"""The laboratory in the browser: questions asked by moving levers, and answers as they arrive."""
