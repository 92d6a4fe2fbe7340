r"""GIFT: what Moodle XML says, as far as GIFT can say it, for Moodle and whoever else reads GIFT.

A place to type several answers is one short answer here, and an essay has no notes for its grader. In Moodle's reader
a short answer with ``->`` would become a matching question; its wildcard stands in between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizlab.export.cloze import pattern, percent
from quizlab.export.document import Document, Entry
from quizlab.export.items import Answer, Gap, Item, items, mathjax
from quizlab.export.items.markup import escaped, line
from quizlab.export.moodle import by_category, category_path

SIGNS = str.maketrans({**{sign: f"\\{sign}" for sign in "\\~=#{}:"}, "\n": "\\n", "\r": None})
FORMATS = ("[html]", "[moodle]", "[plain]", "[markdown]")
ALL_PARTS = "Odgovore redom odvoji točkom sa zarezom"


def gift(title: str, entries: Sequence[Entry]) -> Document:
    """A text file of questions, each with its id and tags in a comment."""
    return Document((f"// {line(title)}\n\n", *_pieces(entries)))


def _pieces(entries: Sequence[Entry]) -> Iterator[str]:
    last: tuple[str, ...] = ()
    for item in items(by_category(entries), mathjax):
        if item.category != last:
            yield f"$CATEGORY: {category_path(item.category)}\n\n"
            last = item.category
        yield "\n".join(_question(item)) + "\n\n"


def _question(item: Item) -> Iterator[str]:
    names = [f"[id:{_bracketed(item.id)}]", *(f"[tag:{_bracketed(tag)}]" for tag in item.tags)]
    yield f"// {' '.join(names)}"
    numerical = len(item.gaps) == 1 and item.gaps[0].kind == "numerical"
    yield f"::{text(item.name)}::[html]{text(f'<p>{_asked(item)}</p>')}{{{'#' if numerical else ''}"
    for answer in item.options:
        yield f"\t{_worth(item, answer)}{_markup(answer.text)}{_says(answer)}"
    for answer in item.gaps[0].answers if len(item.gaps) == 1 else item.joined:
        yield f"\t=%{percent(answer.fraction)}%{_number(answer) if numerical else _typed(answer)}{_says(answer)}"
    yield f"\t####{text(item.feedback)}"
    yield "}"


def text(plain: str) -> str:
    """Text without anything that means something in GIFT."""
    return plain.translate(SIGNS)


def _asked(item: Item) -> str:
    """The question; where several answers are typed at once, how to write them."""
    return f"{item.prompt} ({_parts(item.gaps)})" if len(item.gaps) > 1 else item.prompt


def _parts(gaps: Sequence[Gap]) -> str:
    names = "; ".join(escaped(gap.name) for gap in gaps if gap.name)
    return f"{ALL_PARTS}: {names}." if names else f"{ALL_PARTS}."


def _worth(item: Item, answer: Answer) -> str:
    """What an option is worth: in a single choice ``=`` and ``~`` say it."""
    if item.kind == "single":
        return "=" if answer.fraction == 100 else "~"
    return f"~%{percent(answer.fraction)}%"


def _typed(answer: Answer) -> str:
    made = text(pattern(answer.text).replace("->", "-*>"))
    return f"[plain]{made}" if answer.text.startswith(FORMATS) else made


def _number(answer: Answer) -> str:
    return f"{answer.text}:{answer.tolerance}"


def _says(answer: Answer) -> str:
    return f"#{_markup(answer.says)}" if answer.says else ""


def _markup(markup: str) -> str:
    """HTML that begins neither like a format nor like a weight."""
    if markup.startswith("%"):
        markup = f"&#37;{markup[1:]}"
    return f"{'[html]' if markup.startswith(FORMATS) else ''}{text(markup)}"


def _bracketed(name: str) -> str:
    """A name between square brackets in a comment; not every reader knows an escaped bracket there."""
    return name.replace("[", "(").replace("]", ")")
