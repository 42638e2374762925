"""The only code that changes data: byte-exact edits, safe writes, and the steps of the yearly cycle."""
