"""Groups of commands, one module each; the first ones are in `complaintkit.cli`."""
