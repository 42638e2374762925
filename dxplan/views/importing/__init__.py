"""What became of everything that came back, one form per file."""
