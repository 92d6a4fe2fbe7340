"""The labs: real lab code, as a good student hands it in. Never imports quizlab."""
