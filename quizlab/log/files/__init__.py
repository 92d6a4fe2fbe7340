"""The answer log as a file to take along: all of it as JSON, or its reviews as other programs read them."""

from quizlab.log.files.file import FORMATS, FileError, read

__all__ = ["FORMATS", "FileError", "read"]
