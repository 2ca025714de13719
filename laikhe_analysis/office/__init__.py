"""What comes in from an office and what goes out to it: forms, pages, Word, Excel, commands."""
