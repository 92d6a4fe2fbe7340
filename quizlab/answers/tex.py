r"""LaTeX as people write it: its tokens, groups, scripts and arguments, with braces and without.

What comes out is plain text: ``W_{hh}`` is ``W_hh``, ``h_{t-1}`` is ``h_(t-1)``. What is not known, or could be two
things, keeps its backslash, and nothing reads that. What the commands are is told by `texcommands`.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod

from quizlab.answers import macros
from quizlab.answers.names import ALIASES
from quizlab.answers.split import enclosed

DEEPEST = 60
"""Groups within groups that are read; each takes a few calls."""

_TOKEN = re.compile(r"(?s)\\[A-Za-z]+|\\.|.")
_WORDY = r"\w"
_NUMBER = r"[0-9]+"
_ATOM = r"\w+['′]*(?:[_^](?:\w+|\([^()]*\)))*"
_WORDS = r"[\w\s'’…?]*"
_LETTERS = r"[^\W\d_]+(?:[\s,]+[^\W\d_]+)+"
_LESS = r"[-−](?!1$)[0-9]+"
_RAISED = str.maketrans("-−0123456789", "⁻⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
"""A negative power, which may stand before an argument; of -1 behind a function nobody knows what it means."""

_PRIMES = r"['′\s]+"
_SIGN = r"[-+−]"
_OPERAND = r"[\w)\]}]$"
_NAMING = r"(?:^|[=≈≃~→:])\s*$"
_ENDING = ("", "$", "}", "=", "\\)", "\\]", "\\end", "\\\\")
_OPENING = "([{"
_NEAR = 40


class UnclearError(Exception):
    """Braces that do not fit, or too many of them."""


class Line:
    """What is written of one group; words that would run into each other are kept apart."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.apart = False
        self.over: str | None = None

    def put(self, text: str, *, before: bool = False, after: bool = False) -> None:
        """Writes on; ``before`` and ``after`` tell whether a word there is another one."""
        if not text:
            return
        last = self.pieces[-1][-1] if self.pieces else ""
        if (before or self.apart) and wordy(last) and wordy(text[0]):
            self.pieces.append(" ")
        self.pieces.append(text)
        self.apart = after

    def word(self, text: str) -> None:
        """Writes what is a thing of its own."""
        self.put(text, before=True, after=True)

    def trim(self) -> None:
        """Takes the spaces at the end away, before what belongs to the last thing."""
        while self.pieces and self.pieces[-1].isspace():
            self.pieces.pop()
        self.apart = False

    def ends(self, pattern: str) -> bool:
        """Whether the end of what is written looks so."""
        return re.search(pattern, "".join(self.pieces[-_NEAR:]).rstrip()) is not None

    def text(self) -> str:
        """All of it; what was written before a bar stands over it."""
        plain = "".join(self.pieces)
        return plain if self.over is None else f"(({self.over})/({plain.strip()}))"


def wordy(char: str) -> bool:
    """Whether a character is part of a word."""
    return re.match(_WORDY, char) is not None


class Tex(ABC):
    """One text, token by token."""

    def __init__(self, text: str) -> None:
        self.tokens: list[str] = _TOKEN.findall(text)
        self.at = self.depth = self.environments = 0
        self.bare = False

    @abstractmethod
    def command(self, line: Line, name: str) -> None:
        """Writes a command, whose name has been passed, with its arguments."""

    def run(self) -> str:
        """The text put plainly; raises UnclearError."""
        line = Line()
        while self.at < len(self.tokens):
            self._step(line)
        return line.text().strip()

    def inside(self, closing: str) -> str:
        """What stands before the closing token, which is passed."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise UnclearError
        line = Line()
        while self.peek() != closing:
            if not self.peek():
                raise UnclearError
            self._step(line)
        self.at += 1
        self.depth -= 1
        return line.text()

    def peek(self) -> str:
        """The next token; "" at the end."""
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def ahead(self) -> str:
        """The next token that is no space; nothing is passed."""
        at = self.at
        while at < len(self.tokens) and self.tokens[at].isspace():
            at += 1
        return self.tokens[at] if at < len(self.tokens) else ""

    def skip(self) -> str:
        """The same, the spaces before it passed."""
        while self.peek().isspace():
            self.at += 1
        return self.peek()

    def _step(self, line: Line) -> None:
        token = self.tokens[self.at]
        self.at += 1
        if token == "{":
            self._group(line)
        elif token in ("_", "^"):
            self._script(line, token)
        elif token == "$":
            line.apart = True
        elif token == "~" or (token == "&" and self.environments):
            line.put(" ")
        elif len(token) > 1:
            self.command(line, token[1:])
        else:
            line.put(macros.RAW.get(token, token))

    def _group(self, line: Line) -> None:
        content = self.inside("}").strip()
        if content in (".", ","):  # 9{,}312
            line.put(content)
        elif content:
            line.word(self.closed(content, line))
        else:
            line.apart = True

    def closed(self, content: str, line: Line) -> str:
        """What braces or a style held together, in braces where what stands beside it could part it."""
        if len(content) == 1:
            return content
        simple = re.fullmatch(_NUMBER, content) or content.casefold() in ALIASES
        raised = self.ahead() == "^" and not simple
        whole = re.fullmatch(_ATOM, content) or re.fullmatch(_WORDS, content)
        goes_on = re.match(_SIGN, content) and line.ends(_OPERAND)  # 1{+2} is a sum to TeX, and to everybody
        if enclosed(content) is not None or ((whole or goes_on) and not raised):
            return content
        after = self.ahead()
        ends = after in _ENDING or (after == "." and self.tokens[-1] == ".")
        return content if ends and line.ends(_NAMING) else f"{{{content}}}"

    def _script(self, line: Line, sign: str) -> None:
        line.trim()
        token = self.skip()
        content = self.argument() if token == "{" or len(token) > 1 else None
        if content is None and len(token) > 1:
            content = self._alone()
        if content is None:
            line.put(sign)
        elif sign == "^" and re.fullmatch(_PRIMES, content):
            line.put(content.strip())
        else:
            line.put(self._scripted(sign, content.strip()), after=True)

    def _scripted(self, sign: str, content: str) -> str:
        if sign == "_":
            if re.fullmatch(_LETTERS, content):
                content = re.sub(r"[\s,]+", "", content)
            simple = re.fullmatch(r"\w+", content) is not None
        elif re.fullmatch(_LESS, content):
            return content.translate(_RAISED)
        else:
            letter = len(content) == 1 and wordy(content) and not self.operand()
            simple = letter or re.fullmatch(_NUMBER, content) is not None
        closed = simple or enclosed(content) is not None or content[:1] == "⟨"
        return f"{sign}{content}" if closed else f"{sign}({content})"

    def _alone(self) -> str:
        """One command with its arguments; what is raised behind it is not raised with it."""
        self.at += 1
        line = Line()
        self.command(line, self.tokens[self.at - 1][1:])
        text = line.text()
        return text[1:-1] if text[:1] == "{" and enclosed(text) is not None else text

    def operand(self) -> bool:
        """Whether an operand comes next."""
        token = self.ahead()
        if len(token) < 2:
            return token != "" and (wordy(token) or token in _OPENING)
        name, sign = token[1:], self.sign(token)
        silent = macros.SIZED.fullmatch(name) or name in (*macros.SPACES, *macros.SILENT, "over", "end")
        return name[:1].isalpha() and name.isascii() and not (silent or (sign and not wordy(sign[0])))

    @staticmethod
    def sign(token: str) -> str:
        """What a token stands for; "" if it is a command of another sort."""
        return macros.means().get(token[1:], "") if token[:1] == "\\" else token

    def argument(self) -> str | None:
        """What a command takes: a group, one digit, one letter or one sign that is a letter; None where there is none.

        ``bare`` tells afterwards that it had no braces.
        """
        token = self.skip()
        if token == "{":
            self.at += 1
            content = self.inside("}")
            self.bare = False
            return content
        self.bare = True
        sign = self.sign(token)
        if len(sign) != 1 or sign == "_" or not wordy(sign):
            return None
        self.at += 1
        return sign
