"""Another commune, comparison, backup, and the stick for an office without Internet."""
