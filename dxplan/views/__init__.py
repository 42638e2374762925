"""Results made readable, for people or for programs: a view gets values and returns text, and computes nothing."""
