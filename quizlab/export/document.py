"""What an export is made from and what it gives."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from msgspec import Struct

from quizlab.model import AnyQuestion, Bank, Finding
from quizlab.telling.account import Account
from quizlab.telling.told import told


class Variant(Struct, frozen=True, dict=True):
    """The same question with other numbers, and what verification found out about it."""

    question: AnyQuestion
    finding: Finding

    @cached_property
    def told(self) -> Account:
        """What is said of it."""
        return told(self.question, self.finding)


class Exported(Struct, frozen=True, dict=True):
    """A question with its bank, what verification found out about it, and its variants in an order of their own."""

    bank: Bank
    question: AnyQuestion
    finding: Finding
    variants: tuple[Variant, ...] = ()

    @cached_property
    def told(self) -> Account:
        """What is said of it, with where what was remembered comes from."""
        return told(self.question, self.finding, self.bank)


class Picture(Struct, frozen=True):
    """The place in a document where the address of an image goes."""

    name: str


class Document(Struct, frozen=True):
    """A finished export: its text in pieces and, by file name, the images it refers to.

    Where an image will lie is not known here, so its address is a piece of its own and no text, whatever it
    says, can be taken for one.
    """

    pieces: tuple[str | Picture, ...]
    images: dict[str, bytes] = {}

    def text(self, address: Callable[[str], str]) -> str:
        """The text, with the address of every image given its name."""
        return "".join(address(piece.name) if isinstance(piece, Picture) else piece for piece in self.pieces)
