"""How far a plan has come: pure computing, without clock, files or screen."""
