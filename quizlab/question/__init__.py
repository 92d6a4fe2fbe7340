"""One question as it is asked: its numbers, texts, order and key, and the grading of an answer."""
