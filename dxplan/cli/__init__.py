"""The command line, one command per file: load, compute, render, exit code; nothing about the domain."""
