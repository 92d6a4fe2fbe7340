"""A lab that prints over the pipe, fails, or takes the whole process with it."""
