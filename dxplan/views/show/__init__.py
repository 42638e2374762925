"""One indicator or one initiative over all the years of the plan, on a terminal."""
