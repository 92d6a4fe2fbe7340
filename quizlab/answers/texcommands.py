r"""The commands of LaTeX: fractions, roots, accents, styles, brackets of any size, environments.

``\frac35`` is ``((3)/(5))`` and ``\mathbf{W}`` is ``W``. TeX takes one digit or letter where there are no braces; where
a person could have meant more of them (``\frac352``, ``\sqrt 16``) nothing is read. An accent is part of a name
(``\hat y`` is ``ŷ``), an arrow over a vector and a bold letter are not.
"""

from __future__ import annotations

import re
import unicodedata

from quizlab.answers import macros
from quizlab.answers.macros import means
from quizlab.answers.names import ALIASES
from quizlab.answers.tex import Line, Tex, wordy

_ACCENTED = re.compile(r"[^\W\d_](?:_.*)?", re.DOTALL)
_DIGIT = r"[0-9]"
_LETTER = r"[A-Za-z]"
_LETTER_OR_DIGIT = r"[^\W_]"
_OPERATED = r"[-+−*/=^<>·×]"
_WHOLE = r"[0-9]+"
_COUNTED = r"(?<![\w^])[0-9][0-9.,' ]*$"
"""A number, behind which a fraction may be a factor or the rest of a mixed number."""

_GOES_ON = ("=", "+", "-", "−", "<", ">", "≤", "≥", "≈", "·", "×", "\\end", "")


class TexCommands(Tex):
    """Reads every command that it knows; of another one the backslash stays."""

    def command(self, line: Line, name: str) -> None:
        """Writes a command with its arguments."""
        if not re.match(_LETTER, name):
            self._mark(line, name)
        elif not self._taking(line, name) and not self._silent(line, name):
            sign = means().get(name, "")
            if sign:
                line.word(macros.RAW.get(sign, sign))
            else:
                line.word(name if name.casefold() in ALIASES else f"\\{name}")

    def _taking(self, line: Line, name: str) -> bool:  # noqa: PLR0911 (one for each kind of command)
        """Writes a command that takes something; False if it is none."""
        if name in macros.FRACTIONS:
            return self._fraction(line)
        if name == "sqrt":
            return self._root(line)
        if name == "over":
            return self._over(line)
        if name in macros.STYLES or name in macros.COLOURED:
            return self._styled(line, name)
        if name in macros.ACCENTS:
            return self._accent(line, name)
        if name in ("begin", "end") and self.ahead() == "{":
            return self._environment(line, name)
        if name == "not" and self.ahead() == "=":
            self.skip()
            self.at += 1
            line.put("≠")
            return True
        return False

    def _silent(self, line: Line, name: str) -> bool:
        """Passes over a command that says nothing but where words end; False if it is none."""
        if name in macros.SPACES:
            line.put(" ")
        elif name in macros.SILENT:
            line.apart = True
        elif name in macros.UNREAD and self.ahead() == "{":
            self.argument()
            line.apart = True
        elif macros.SIZED.fullmatch(name):
            self._sized(line, name)
        else:
            return False
        return True

    def _mark(self, line: Line, name: str) -> None:
        """A backslash and one character that is no letter."""
        if name in macros.SPACED:
            line.put(" ")
        elif name in macros.JOINED or name in macros.MATHS:
            line.apart = True
        elif name in macros.ITSELF:
            line.put(name)
        elif name == "\\":
            self._newline(line)
        else:
            line.put("‖" if name == "|" else f"\\{name}")

    def _newline(self, line: Line) -> None:
        """A line that goes on with a sign is one with the line before; two lines are two things."""
        while self.skip() == "&":
            self.at += 1
        token = self.peek()
        goes_on = token in _GOES_ON or self.sign(token) in _GOES_ON[:-1] or line.ends("^$")
        line.put(" " if goes_on else "\\\\")

    def _fraction(self, line: Line) -> bool:
        mixed = line.ends(_COUNTED)
        above = self.argument()
        below = None if above is None else self.argument()
        if above and below and above.strip() and below.strip() and not (self.bare and self._torn(below)):
            line.put(("\\frac" if mixed else "") + f"(({above.strip()})/({below.strip()}))")
        else:
            self._left(line, "\\frac", above, below)
        return True

    def _over(self, line: Line) -> bool:
        if line.over is not None or line.ends("=") or not line.ends("."):
            line.word("\\over")
        else:
            line.over = line.text().strip()
            line.pieces.clear()
            line.apart = False
        return True

    def _left(self, line: Line, command: str, *arguments: str | None) -> None:
        """Writes a command that nobody can read, for the reader of formulas to refuse."""
        line.word(command + "".join(f"{{{each}}}" for each in arguments if each is not None))

    def _torn(self, last: str) -> bool:
        r"""Whether what follows could belong to an argument without braces: ``\frac352``, ``\frac abc``."""
        token, after = self.peek(), "".join(self.tokens[self.at + 1 : self.at + 2])
        digits = re.match(_DIGIT, last) is not None
        if self.ahead() in ("_", "^"):
            return True
        if token in (".", ","):
            return re.match(_DIGIT, after) is not None
        return re.match(_DIGIT, token) is not None if digits else wordy(token)

    def _root(self, line: Line) -> bool:
        degree = ""
        if self.skip() == "[":
            self.at += 1
            degree = self.inside("]").strip()
        body = self.argument()
        unclear = body is not None and self.bare and (self._torn(body) or self.operand())
        if not body or not body.strip() or unclear or (degree and not re.fullmatch(_WHOLE, degree)):
            self._left(line, f"\\sqrt[{degree}]", body)
        elif degree:
            line.put(f"(({body.strip()})^(1/{degree}))")
        else:
            line.put(f"sqrt({body.strip()})", before=True)
        return True

    def _styled(self, line: Line, name: str) -> bool:
        if self.peek() == "*":
            self.at += 1
        if name in macros.COLOURED and self.skip() == "{":
            self.argument()
        content = self.argument()
        if name in macros.BRACED and self.ahead() in ("_", "^"):
            self.skip()
            self.at += 1
            self.argument()
        if content is None or (name in macros.DOUBLED and re.search(_DIGIT, content)):
            self._left(line, f"\\{name}", content)
            return True
        core = content.strip()
        text = name in macros.TEXTS
        if text and content[:1].isspace():
            line.put(" ")
        prose = text and not re.search(_OPERATED, core)
        line.word(core if prose or not core else self.closed(core, line))
        if text and content[-1:].isspace():
            line.put(" ")
        return True

    def _accent(self, line: Line, name: str) -> bool:
        content = self.argument()
        core = (content or "").strip()
        if _ACCENTED.fullmatch(core) and not (self.bare and re.match(_LETTER_OR_DIGIT, self.peek())):
            line.word(unicodedata.normalize("NFC", core[0] + macros.ACCENTS[name]) + core[1:])
        else:
            self._left(line, f"\\{name}", content)
        return True

    def _sized(self, line: Line, name: str) -> None:
        """The size of a bracket; bars of which it says that they open or close are an absolute value."""
        way = {"left": "l", "right": "r"}.get(name, name[-1])
        token = self.skip() if self.ahead() in (".", *macros.BARS) else ""
        if token == "." and name in ("left", "right"):
            self.at += 1
        elif token in macros.BARS and way in "lr":
            self.at += 1
            line.put("abs(" if way == "l" else ")", before=True)

    def _environment(self, line: Line, name: str) -> bool:
        kind = self.argument() or ""
        if macros.AROUND.fullmatch(kind):
            self.environments += 1 if name == "begin" else -1
            line.apart = True
        else:
            self._left(line, f"\\{name}", kind)
        return True
