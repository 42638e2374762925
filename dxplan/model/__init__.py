"""The file format as frozen pydantic models: the vocabulary of everything else."""
