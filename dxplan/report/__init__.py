"""The published progress report: what it says (``content``) apart from how it looks (the other modules)."""
