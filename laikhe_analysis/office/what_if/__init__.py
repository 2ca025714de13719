"""The what-if page: one file that computes in the browser what the model computes here."""
