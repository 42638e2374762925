"""To other programs and back from them: one file per format, and the one long table that they share."""
