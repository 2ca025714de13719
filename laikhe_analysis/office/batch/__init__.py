"""Many communes at once: each one's values, and all of them side by side."""
