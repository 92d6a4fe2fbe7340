"""The commands: thin, each loading only what it needs; one place turns errors into sentences and statuses."""

from __future__ import annotations

import errno
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quizlab import errors
from quizlab.errors import QuizlabError
from quizlab.view.help import CroatianCommand, CroatianGroup

if TYPE_CHECKING:
    import subprocess

# BadParameter ← UsageError ← ClickException; only the first of them has a public name
USAGE_ERROR = typer.BadParameter.__mro__[2]

app = typer.Typer(
    cls=CroatianGroup,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Vježba za blic iz dubokog učenja. Svaki je odgovor dokazan pokretanjem stvarnog koda vježbe.",
)

Names = Annotated[
    list[str] | None, typer.Argument(metavar="[VJEŽBA|PITANJE]…", help="Ime vježbe (lab4) ili oznaka pitanja (q1).")
]
Banks = Annotated[
    list[Path] | None, typer.Option("--bank", metavar="PUT", help="Dodaj banku pitanja iz datoteke YAML.")
]
Plain = Annotated[bool, typer.Option("--plain", help="Običan ispis: jedna tvrdnja u retku, bez boja i tablica.")]
Json = Annotated[bool, typer.Option("--json", help="Ispiši jedan JSON-objekt.")]


@app.command(cls=CroatianCommand)
def practice(
    names: Names = None,
    limit: Annotated[int | None, typer.Option(metavar="N", min=1, help="Najviše N različitih pitanja.")] = None,
    exam: Annotated[
        str, typer.Option(metavar="DAN", help="Kada je blic: 2026-12-01, sutra, petak 8:00; bez toga za jedan dan.")
    ] = "",
    topic: Annotated[str | None, typer.Option(metavar="TEMA", help="Samo pitanja na tu temu.")] = None,
    due: Annotated[bool, typer.Option("--due", help="Samo ono što je vrijeme ponoviti.")] = False,
    new: Annotated[bool, typer.Option("--new", help="Samo pitanja na koja još nisi odgovarao.")] = False,
    mistakes: Annotated[bool, typer.Option("--mistakes", help="Samo ono što je zadnji put bilo krivo.")] = False,
    confidence: Annotated[bool, typer.Option("--confidence", help="Prije presude pitaj jesi li siguran.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Nastavi prekinutu vježbu.")] = False,
    seed: Annotated[
        int | None, typer.Option(metavar="N", help="Isto sjeme, ista vježba: ista pitanja, brojevi i redoslijed.")
    ] = None,
    plain: Plain = False,
    bank: Banks = None,
) -> None:
    """Vježbaj pitanja: odgovori, saznaj što je bilo krivo i vidi dokaz."""
    from quizlab.commands.practice import Wishes, practise

    wishes = Wishes(
        tuple(names or ()), limit, seed, exam, topic, due, new, mistakes, confidence, resume, plain, _banks(bank)
    )
    _exit(practise(wishes))


@app.command(cls=CroatianCommand)
def blic(
    names: Names = None,
    number: Annotated[int, typer.Option("-n", "--number", metavar="N", min=1, help="Koliko pitanja.")] = 10,
    minutes: Annotated[float, typer.Option(metavar="MIN", min=0.1, max=600, help="Koliko minuta.")] = 10,
    seed: Annotated[int | None, typer.Option(metavar="N", help="Isto sjeme, isti blic.")] = None,
    topic: Annotated[str | None, typer.Option(metavar="TEMA", help="Samo pitanja na tu temu.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Nastavi prekinuti blic.")] = False,
    plain: Plain = False,
    bank: Banks = None,
) -> None:
    """Piši blic: vrijeme teče, presude su tek na kraju."""
    from quizlab.commands.blic import Wishes, examine

    _exit(examine(Wishes(tuple(names or ()), number, minutes, seed, topic, resume, plain, _banks(bank))))


@app.command(cls=CroatianCommand)
def verify(
    context: typer.Context,
    names: Names = None,
    everything: Annotated[bool, typer.Option("--all", help="Provjeri sva pitanja svih banaka.")] = False,
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="IME=N", help="Promijeni parametar pitanja, npr. c_in=1.")
    ] = None,
    more: Annotated[
        int | None, typer.Option("--variants", metavar="N", min=1, help="Provjeri i N varijanata s drugim brojevima.")
    ] = None,
    snippet: Annotated[bool, typer.Option("--snippet", help="Ispiši samo isječak koda.")] = False,
    json: Json = False,
    plain: Plain = False,
    bank: Banks = None,
) -> None:
    """Dokaži odgovore: izgradi modele, izračunaj i usporedi s ključem."""
    from quizlab.commands.verify import prove

    chosen = [] if everything else names or []
    if not everything and not chosen:
        raise QuizlabError("nothing_named", status=errors.USAGE)
    status = prove(
        chosen,
        settings or [],
        banks=_banks(bank),
        more=more or 0,
        json=json,
        plain=plain,
        snippet=snippet,
        early=context.obj,
    )
    _exit(status)


@app.command(cls=CroatianCommand)
def answer(
    name: Annotated[str | None, typer.Argument(metavar="PITANJE", help="Oznaka pitanja, npr. q1.")] = None,
    typed: Annotated[str | None, typer.Argument(metavar="ODGOVOR", help="Tvoj odgovor.")] = None,
    proof: Annotated[bool, typer.Option("--proof", help="Pokaži i dokaz.")] = False,
    batch: Annotated[
        Path | None, typer.Option(metavar="PUT", help="Ocijeni retke „oznaka<tabulator>odgovor” iz datoteke.")
    ] = None,
    json: Json = False,
    plain: Plain = False,
    bank: Banks = None,
) -> None:
    """Ocijeni jedan odgovor, bez vježbanja i bez upisa u napredak."""
    from quizlab.commands.answer import grade_batch, grade_one

    if batch is not None:
        _exit(grade_batch(batch, banks=_banks(bank), json=json))
    if name is None or typed is None:
        raise QuizlabError("answer_missing", status=errors.USAGE)
    _exit(grade_one(name, typed, banks=_banks(bank), json=json, proof=proof, plain=plain))


@app.command(cls=CroatianCommand)
def stats(
    names: Names = None,
    exam: Annotated[
        str, typer.Option(metavar="DAN", help="Kada je blic: 2026-12-01, sutra, petak 8:00; bez toga za jedan dan.")
    ] = "",
    regrade: Annotated[
        bool, typer.Option("--regrade", help="Što bi se promijenilo da se stari odgovori ocijene današnjim ključem.")
    ] = False,
    write: Annotated[bool, typer.Option("--write", help="Uz --regrade: promijeni, uz kopiju dosadašnjeg.")] = False,
    output: Annotated[
        Path | None, typer.Option("--export", metavar="PUT", help="Spremi dnevnik odgovora kao .json ili .csv (FSRS).")
    ] = None,
    json: Json = False,
    plain: Plain = False,
    bank: Banks = None,
) -> None:
    """Pokaži napredak: po vježbi, temi, pitanju i propustu, s prognozom za blic."""
    if output is not None:
        from quizlab.commands._log import export_log

        _exit(export_log(output))
    if regrade:
        from quizlab.commands._log import regrade as grade_again

        _exit(grade_again(_banks(bank), write=write, plain=plain))
    if write:
        raise QuizlabError("write_without_regrade", status=errors.USAGE)
    from quizlab.commands.stats import show_stats

    _exit(show_stats(names or [], exam=exam, json=json, plain=plain, banks=_banks(bank)))


@app.command("import", cls=CroatianCommand)
def import_answers(
    path: Annotated[Path, typer.Argument(metavar="PUT", help="Dnevnik odgovora: .json ili .csv.")],
) -> None:
    """Uvezi dnevnik odgovora s drugog računala; ono što već postoji ne udvostručuje se."""
    from quizlab.commands.import_ import import_log

    _exit(import_log(path))


@app.command(cls=CroatianCommand)
def reset(
    yes: Annotated[bool, typer.Option("--yes", help="Bez pitanja.")] = False,
) -> None:
    """Obriši napredak; kopija ostaje u istoj mapi."""
    from quizlab.commands.reset import reset_log

    _exit(reset_log(yes=yes))


@app.command(cls=CroatianCommand)
def export(
    names: Names = None,
    md: Annotated[bool, typer.Option("--md", help="Vodič za učenje u Markdownu.")] = False,
    sheet: Annotated[bool, typer.Option("--sheet", help="Podsjetnik na jednoj stranici, u Markdownu.")] = False,
    html: Annotated[bool, typer.Option("--html", help="Stranica za vježbanje u pregledniku, bez mreže.")] = False,
    anki: Annotated[bool, typer.Option("--anki", help="Špil za Anki (.apkg).")] = False,
    anki_csv: Annotated[bool, typer.Option("--anki-csv", help="Kartice za uvoz u Anki kao tekst.")] = False,
    moodle: Annotated[bool, typer.Option("--moodle", help="Banka pitanja za Moodle (XML).")] = False,
    gift: Annotated[bool, typer.Option("--gift", help="Pitanja u obliku GIFT.")] = False,
    qti: Annotated[bool, typer.Option("--qti", help="Paket QTI (.zip) za druge sustave.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Cijela banka s nalazima kao jedan JSON-objekt.")] = False,
    answers: Annotated[
        str | None,
        typer.Option(metavar="GDJE", help="Uz --md: odgovori uz pitanja (inline), na kraju (end) ili nigdje (none)."),
    ] = None,
    variants: Annotated[
        int | None,
        typer.Option(metavar="N", min=0, max=1000, help="Uz svako pitanje najviše N varijanata s drugim brojevima."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="PUT", help="Zapiši u datoteku, a slike u mapu do nje.")
    ] = None,
    bank: Banks = None,
) -> None:
    """Izvezi pitanja s dokazima."""
    from quizlab.commands.export import Wishes, export_bank

    formats = {"md": md, "sheet": sheet, "html": html, "anki": anki, "anki-csv": anki_csv, "moodle": moodle}
    formats |= {"gift": gift, "qti": qti, "json": json}
    _exit(export_bank(Wishes(tuple(names or ()), formats, output, answers, variants, _banks(bank))))


@app.command("list", cls=CroatianCommand)
def list_questions(
    names: Names = None,
    topic: Annotated[str | None, typer.Option(metavar="TEMA", help="Samo pitanja na tu temu.")] = None,
    plain: Plain = False,
    bank: Banks = None,
) -> None:
    """Popiši pitanja."""
    from quizlab.commands.list import list_all

    _exit(list_all(names or [], topic=topic, plain=plain, banks=_banks(bank)))


@app.command(cls=CroatianCommand)
def show(
    name: Annotated[str, typer.Argument(metavar="PITANJE", help="Oznaka pitanja, npr. q1.")],
    plain: Plain = False,
    bank: Banks = None,
) -> None:
    """Pokaži jedno pitanje s ključem, objašnjenjem i prisjećanjima."""
    from quizlab.commands.show import show_one

    _exit(show_one(name, plain=plain, banks=_banks(bank)))


@app.command(cls=CroatianCommand)
def hooks(plain: Plain = False, bank: Banks = None) -> None:
    """Popiši dokaze i njihove parametre."""
    from quizlab.commands.hooks import list_hooks

    _exit(list_hooks(plain=plain, banks=_banks(bank)))


@app.command(cls=CroatianCommand)
def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PUT]…", help="Banke koje treba provjeriti; inače ugrađene.")
    ] = None,
) -> None:
    """Provjeri jesu li banke pitanja ispravno napisane (bez pokretanja dokaza)."""
    from quizlab.commands.check import check_banks

    _exit(check_banks(paths or []))


def _banks(added: list[Path] | None) -> tuple[Path, ...]:
    return tuple(added or ())


def _exit(status: int) -> None:
    raise typer.Exit(status)


def run(arguments: Sequence[str], early: subprocess.Popen[bytes] | None = None) -> int:
    """Run one command and return its exit status; every error leaves as one sentence on standard error.

    Args:
        arguments: the command with its options.
        early: a worker that was started meanwhile, for a command that proves; it ends with the command.
    """
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        status = int(app(list(arguments) or ["--help"], prog_name="quizlab", standalone_mode=False, obj=early) or 0)
        sys.stdout.flush()
        if status == errors.INTERRUPTED:
            _tell("interrupted")
        return status
    except SystemExit:  # Typer's answer to a closed pipe, its only exit outside standalone mode
        return _pipe_closed()
    except Exception as error:
        return _report(error)
    finally:
        if early:
            early.kill()


def _report(error: Exception) -> int:
    """One error as its sentences, and the status to exit with."""
    from quizlab.bank.errors import BankError

    if isinstance(error, QuizlabError):
        _tell(error.code, error.particulars)
        return error.status
    if isinstance(error, BankError):
        from quizlab.telling import sentences
        from quizlab.view.screen import tell

        for problem in error.problems:
            tell(sentences.problem(problem))
        return errors.USAGE
    windows = sys.platform == "win32" and isinstance(error, OSError) and error.errno == errno.EINVAL
    if isinstance(error, BrokenPipeError) or windows:  # Windows calls a reader that left an invalid argument
        return _pipe_closed()
    if isinstance(error, USAGE_ERROR):
        from quizlab.view.help import usage_problem

        _tell(*usage_problem(error))
        return errors.USAGE
    return _unforeseen(error)


def _unforeseen(error: Exception) -> int:
    """A fault of our own: one sentence for the student, the traceback in a file for whoever mends it."""
    import tempfile
    import traceback

    text = "".join(traceback.format_exception(error))
    with tempfile.NamedTemporaryFile(
        "w", prefix="quizlab-", suffix=".txt", delete=False, encoding="utf-8", errors="replace"
    ) as file:
        file.write(text)
    _tell("unforeseen", {"what": type(error).__name__, "path": file.name})
    return errors.COULD_NOT_RUN


def _pipe_closed() -> int:
    """The reader of our output left early: point standard output nowhere, so that exiting stays silent."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    _tell("pipe_closed")
    return errors.COULD_NOT_RUN


def _tell(code: str, particulars: dict[str, str] | None = None) -> None:
    from quizlab.telling import sentences
    from quizlab.view.screen import tell

    tell(sentences.say(code, particulars or {}))
