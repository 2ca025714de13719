"""The stick for an office without Internet."""
