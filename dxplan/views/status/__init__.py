"""How far the plan has come in one year, one form per file."""
