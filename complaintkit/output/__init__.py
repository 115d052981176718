"""From a letter to a file: one module a format."""
