"""The conversation: what to ask next, and the two faces that ask it."""
