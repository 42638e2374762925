"""What differs between two versions or two years, one form per file."""
