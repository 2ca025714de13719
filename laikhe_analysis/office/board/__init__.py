"""The board of targets, as pages and terminal show it."""
