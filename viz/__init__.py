"""The pictures: figures, reports and the laboratory in the browser."""
