"""Studies: the one place that knows the order of the rooms. A door imports the job it does, and no other."""
