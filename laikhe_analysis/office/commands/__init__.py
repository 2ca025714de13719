"""The commands that are more than one call, and how every command speaks."""
