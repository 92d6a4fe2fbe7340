"""What a log comes to: memory, what to ask next, grading again, statistics. Pure."""
