"""What opening a year came to, one form per file."""
