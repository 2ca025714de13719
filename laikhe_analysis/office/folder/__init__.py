"""A commune's folder: a new one, what it still lacks, backup and restore."""
