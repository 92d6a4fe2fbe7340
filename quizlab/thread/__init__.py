"""A raw thread: its statements, the questions that they are, the answers remembered and how these come out."""
