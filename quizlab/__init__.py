"""quizlab: exam-prep questions whose answers are proved by running real lab code."""

__version__ = "0.1.0"
