"""What `dxplan validate` found, one form per file."""
