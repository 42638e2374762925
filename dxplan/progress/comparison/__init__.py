"""What differs in meaning between two versions of a project, or between two fiscal years of one.

How something is written, and notes, are no difference. What either version could not read is not compared.
"""
