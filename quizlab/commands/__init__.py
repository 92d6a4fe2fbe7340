"""What the commands do, one module a family: open what is needed, do the work, show it, return a status."""
