"""Many plans at a glance: a line for each, and what they come to together."""
