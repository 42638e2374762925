"""What is not reported yet, one form per file."""
