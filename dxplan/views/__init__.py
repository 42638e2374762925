"""Results made readable, for people or for programs. A view gets values and returns text; it never loads or computes."""
