"""The what-if page: one setting moved, everything that it changes shown at once."""
