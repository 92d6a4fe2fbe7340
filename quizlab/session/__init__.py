"""Practice and blic as state machines without a terminal."""
