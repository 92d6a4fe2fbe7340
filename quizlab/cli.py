"""The commands: how they are called, each loading only what it needs."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from quizlab import errors
from quizlab.errors import QuizlabError
from quizlab.view import ending, failing, streams
from quizlab.view.help import AnswerCommand, CroatianCommand, CroatianGroup, SearchCommand, minutes_of

if TYPE_CHECKING:
    import subprocess

COMPLETE = "_QUIZLAB_COMPLETE"
"""A shell sets it to ask what a word could become."""

app = typer.Typer(
    cls=CroatianGroup,
    add_completion=False,  # Typer speaks English of it; see _program
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Vježba za blic iz dubokog učenja. Svaki je odgovor dokazan pokretanjem stvarnog koda vježbe.",
)


def _words(kind: Literal["names", "questions", "topics"]) -> Callable[[typer.Context, str], list[str]]:
    """What completes a parameter: words of the banks that are named on the same line, and of the shipped ones."""

    def words(ctx: typer.Context, incomplete: str) -> list[str]:
        from quizlab.commands import completion

        return completion.words(kind, ctx.params.get("bank"), incomplete)

    return words


Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[VJEŽBA|PITANJE]…", help="Ime vježbe (lab4) ili oznaka pitanja (q1).", autocompletion=_words("names")
    ),
]
Name = typer.Argument(metavar="PITANJE", help="Oznaka pitanja, npr. q1.", autocompletion=_words("questions"))
Topic = Annotated[
    str | None, typer.Option(metavar="TEMA", help="Samo pitanja na tu temu.", autocompletion=_words("topics"))
]
Banks = Annotated[
    list[Path] | None,
    typer.Option("--bank", metavar="PUT", readable=False, help="Dodaj banku pitanja iz datoteke YAML."),
]
Plain = Annotated[bool, typer.Option("--plain", help="Običan ispis: jedna tvrdnja u retku, bez boja i tablica.")]
Json = Annotated[bool, typer.Option("--json", help="Ispiši jedan JSON-objekt.")]


Parts = Annotated[
    list[str] | None,
    typer.Option("--part", metavar="DIO=GDJE", help="Uz --code: gdje je dio, npr. model=lab4.py:MojModel."),
]


@app.callback(invoke_without_command=True)
def _program(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Ispiši inačicu i završi.")] = False,
    install: Annotated[
        bool, typer.Option("--install-completion", help="Postavi dopunjavanje tipkom Tab u ovoj ljusci.")
    ] = False,
    show: Annotated[bool, typer.Option("--show-completion", help="Ispiši naredbe za to dopunjavanje.")] = False,
) -> None:
    alone = {"--version": version, "--install-completion": install, "--show-completion": show}
    if one := next((name for name, given in alone.items() if given), ""):
        others = {name: given and name != one for name, given in alone.items()}
        _alone(one, [ctx.invoked_subcommand] if ctx.invoked_subcommand else (), others)
    if version:
        from quizlab.commands.version import show_version

        _exit(show_version())
    if install or show:
        from quizlab.commands import completion

        _exit(completion.install() if install else completion.show())
    if ctx.invoked_subcommand is None:
        from quizlab.commands._now import say_what_now

        _exit(say_what_now())


@app.command(cls=CroatianCommand)
def practice(
    names: Names = None,
    limit: Annotated[int | None, typer.Option(metavar="N", min=1, help="Najviše N različitih pitanja.")] = None,
    minutes: Annotated[
        float | None, typer.Option(metavar="MIN", parser=minutes_of, help="Koliko stane u toliko minuta, pa kraj.")
    ] = None,
    exam: Annotated[
        str, typer.Option(metavar="DAN", help="Kada je blic: 2026-12-01, sutra, petak 8:00; bez toga za jedan dan.")
    ] = "",
    topic: Topic = None,
    due: Annotated[bool, typer.Option("--due", help="Samo ono što je vrijeme ponoviti.")] = False,
    new: Annotated[bool, typer.Option("--new", help="Samo pitanja bez odgovora.")] = False,
    mistakes: Annotated[bool, typer.Option("--mistakes", help="Samo ono što je posljednji put bilo krivo.")] = False,
    oral: Annotated[
        bool | None, typer.Option("--oral/--no-oral", help="Samo usmena pitanja, ili nijedno usmeno.")
    ] = None,
    confidence: Annotated[
        bool, typer.Option("--confidence", help="Prije presude pitaj koliko je odgovor siguran.")
    ] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Nastavi prekinuto vježbanje.")] = False,
    code: Annotated[
        Path | None,
        typer.Option(metavar="PUT", readable=False, help="Uz odgovor pokaži i tvoj kôd gdje se razlikuje od ključa."),
    ] = None,
    part: Parts = None,
    seed: Annotated[
        int | None, typer.Option(metavar="N", help="Isto sjeme, isto vježbanje: pitanja, brojevi i redoslijed.")
    ] = None,
    plain: Plain = False,
    bank: Banks = None,
) -> None:
    """Vježbaj pitanja: odgovori, saznaj što je bilo krivo i vidi dokaz."""
    from quizlab.commands.practice import PracticeOptions, practise

    if resume:
        asked = {"--limit": limit, "--minutes": minutes, "--exam": exam, "--topic": topic, "--due": due, "--new": new}
        asked |= {"--mistakes": mistakes, "--oral": oral is not None, "--seed": seed is not None}
        _alone("--resume", names, asked)
    if part and code is None:
        raise QuizlabError("own_without_code", status=errors.USAGE)
    options = PracticeOptions(
        names=tuple(names or ()),
        limit=limit,
        seed=seed,
        exam=exam,
        topic=topic,
        due=due,
        new=new,
        mistakes=mistakes,
        oral=oral,
        minutes=minutes or 0.0,
        confidence=confidence,
        resume=resume,
        code=code,
        parts=tuple(part or ()),
        plain=plain,
        banks=_banks(bank),
    )
    _exit(practise(options))


@app.command(cls=CroatianCommand)
def blic(
    names: Names = None,
    number: Annotated[
        int | None, typer.Option("-n", "--number", metavar="N", min=1, help="Koliko pitanja; inače 10.")
    ] = None,
    minutes: Annotated[
        float | None, typer.Option(metavar="MIN", parser=minutes_of, help="Koliko minuta; inače 10.")
    ] = None,
    seed: Annotated[int | None, typer.Option(metavar="N", help="Isto sjeme, isti blic.")] = None,
    topic: Topic = None,
    resume: Annotated[bool, typer.Option("--resume", help="Nastavi prekinuti blic.")] = False,
    plain: Plain = False,
    bank: Banks = None,
) -> None:
    """Piši blic: vrijeme teče, presude su tek na kraju."""
    from quizlab.commands.blic import BlicOptions, examine

    if resume:
        _alone("--resume", names, {"-n": number, "--minutes": minutes, "--seed": seed is not None, "--topic": topic})
    options = BlicOptions(
        names=tuple(names or ()),
        number=number or 10,
        minutes=minutes or 10,
        seed=seed,
        topic=topic,
        resume=resume,
        plain=plain,
        banks=_banks(bank),
    )
    _exit(examine(options))


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
    jobs: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, max=64, help="U koliko procesa istodobno; inače prema jezgrama i memoriji."),
    ] = None,
    fail_fast: Annotated[bool, typer.Option("--fail-fast", help="Stani na prvom što nije potvrđeno.")] = False,
    changed: Annotated[
        bool, typer.Option("--changed", help="Samo ono što se promijenilo otkad je posljednji put potvrđeno.")
    ] = False,
    junit: Annotated[
        Path | None,
        typer.Option(metavar="PUT", readable=False, help="Zapiši nalaze i kao JUnit XML; - za standardni izlaz."),
    ] = None,
    snippet: Annotated[bool, typer.Option("--snippet", help="Ispiši samo isječak koda.")] = False,
    code: Annotated[
        Path | None,
        typer.Option(metavar="PUT", readable=False, help="Provjeri svoj kôd: mapu, datoteku ili bilježnicu."),
    ] = None,
    part: Parts = None,
    write_parts: Annotated[
        bool, typer.Option("--write-parts", help="Uz --code: zapiši nađene dijelove u quizlab.toml u toj mapi.")
    ] = False,
    json: Json = False,
    plain: Plain = False,
    bank: Banks = None,
) -> None:
    """Dokaži odgovore: izgradi modele, izračunaj i usporedi s ključem."""
    if everything:
        _alone("--all", names, {})
    if snippet:
        _alone("--snippet", (), {"--json": json, "--variants": more})
    chosen = [] if everything else names or []
    if not everything and not chosen:
        raise QuizlabError("nothing_named", status=errors.USAGE)
    if code is not None:
        if settings or more or snippet:
            raise QuizlabError("own_alone", status=errors.USAGE)
        idle = {"--jobs": jobs, "--fail-fast": fail_fast, "--changed": changed, "--junit": junit is not None}
        _alone("--code", (), idle)
        from quizlab.commands._own import Own, prove_own

        own = Own(code, tuple(part or ()), write_parts)
        _exit(prove_own(chosen, own, banks=_banks(bank), json=json, plain=plain))
    if part or write_parts:
        raise QuizlabError("own_without_code", status=errors.USAGE)
    if changed:
        _alone("--changed", (), {"--set": settings})
    if junit == Path("-"):
        _alone("--junit -", (), {"--json": json, "--snippet": snippet})
    from quizlab.commands.verify import VerifyOptions, prove

    options = VerifyOptions(
        names=tuple(chosen),
        settings=tuple(settings or ()),
        banks=_banks(bank),
        more=more or 0,
        jobs=jobs,
        fast=fail_fast,
        changed=changed,
        junit=junit,
        json=json,
        plain=plain,
        snippet=snippet,
    )
    _exit(prove(options, context.obj))


@app.command(cls=AnswerCommand)
def answer(
    name: Annotated[str | None, Name] = None,
    typed: Annotated[str | None, typer.Argument(metavar="ODGOVOR", help="Tvoj odgovor.")] = None,
    proof: Annotated[bool, typer.Option("--proof", help="Pokaži i dokaz.")] = False,
    batch: Annotated[
        Path | None,
        typer.Option(metavar="PUT", readable=False, help="Ocijeni retke „oznaka<tabulator>odgovor” iz datoteke."),
    ] = None,
    json: Json = False,
    plain: Plain = False,
    bank: Banks = None,
) -> None:
    """Ocijeni jedan odgovor, bez vježbanja i bez upisa u napredak."""
    from quizlab.commands.answer import grade_batch, grade_one

    if batch is not None:
        _alone("--batch", [each for each in (name, typed) if each is not None], {"--proof": proof})
        _exit(grade_batch(batch, banks=_banks(bank), json=json))
    if name is None or typed is None:
        raise QuizlabError("answer_missing", status=errors.USAGE)
    _exit(grade_one(name, typed, banks=_banks(bank), json=json, proof=proof, plain=plain))


@app.command(cls=CroatianCommand)
def build(
    context: typer.Context,
    models: Annotated[
        list[str],
        typer.Argument(metavar="MODEL [MODEL]", help="Slojevi redom: Conv2d(1, 32, 3), ReLU. Dva se uspoređuju."),
    ],
    shape: Annotated[str, typer.Option("--input", metavar="OBLIK", help="Oblik ulaza, npr. 64,1,28,28.")] = "",
    without: Annotated[
        str, typer.Option(metavar="ŠTO", help="Usporedi s modelom bez toga: bias, ime sloja ili njegov broj.")
    ] = "",
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="IME=N", help="Broj za ime u opisu, npr. k=3.")
    ] = None,
    json: Json = False,
    plain: Plain = False,
) -> None:
    """Izgradi model: parametri po tenzoru, oblik iza svakog sloja i isječak."""
    from quizlab.commands.build import build as build_models

    status = build_models(
        models, shape=shape, without=without, settings=settings or [], json=json, plain=plain, early=context.obj
    )
    _exit(status)


@app.command(cls=CroatianCommand)
def thread(
    path: Annotated[
        Path, typer.Argument(metavar="PUT", readable=False, help="Datoteka s niti kakva jest; - za standardni ulaz.")
    ],
    json: Json = False,
    md: Annotated[bool, typer.Option("--md", help="Prosuđena nit u Markdownu, za objavu.")] = False,
    practise: Annotated[bool, typer.Option("--practice", help="Vježbaj ono što nit pita, najčešće najprije.")] = False,
    plain: Plain = False,
    bank: Banks = None,
) -> None:
    """Prosudi nit s foruma ili iz razgovora: koje je to pitanje, što je zapamćeno i je li točno."""
    from quizlab.commands.thread import ThreadOptions, judge_thread

    if json or practise:
        _alone("--json" if json else "--practice", (), {"--md": md, "--practice": json and practise})
    options = ThreadOptions(path=path, json=json, md=md, practice=practise, plain=plain, banks=_banks(bank))
    _exit(judge_thread(options))


@app.command(cls=CroatianCommand)
def recall(
    lab: Annotated[
        str, typer.Argument(metavar="[VJEŽBA]", help="Iz koje je vježbe bio blic.", autocompletion=_words("names"))
    ] = "",
    day: Annotated[str, typer.Option("--when", metavar="DAN", help="Kada je bio: danas, jučer, 2026-11-27.")] = "",
    group: Annotated[
        str, typer.Option(metavar="NAZIV", help="Koji termin ili grupa, npr. „prva grupa”; bez imena.")
    ] = "",
    merge: Annotated[
        list[Path] | None,
        typer.Option(metavar="PUT", readable=False, help="Dodaj tuđa prisjećanja; isto se ne udvostručuje."),
    ] = None,
    plain: Plain = False,
) -> None:
    """Zapiši što se pitalo na blicu: pola rečenice po pitanju i odgovor kako se pamti."""
    from quizlab.commands.recall import RecallOptions
    from quizlab.commands.recall import recall as take_down

    if merge:
        _alone("--merge", [lab] if lab else (), {"--when": day, "--group": group})
    options = RecallOptions(lab=lab, day=day, group=group, merge=tuple(merge or ()), plain=plain)
    _exit(take_down(options))


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
        Path | None,
        typer.Option(
            "--export", metavar="PUT", readable=False, help="Spremi dnevnik odgovora kao .json ili .csv (FSRS)."
        ),
    ] = None,
    json: Json = False,
    plain: Plain = False,
    bank: Banks = None,
) -> None:
    """Pokaži napredak: po vježbi, temi, pitanju i pogrešci, s prognozom za blic."""
    if output is not None or regrade:
        one = "--regrade" if output is None else "--export"
        _alone(one, names, {"--exam": exam, "--json": json, "--regrade": output is not None and regrade})
    if output is not None:
        if write:
            raise QuizlabError("write_without_regrade", status=errors.USAGE)
        _alone("--export", (), {"--bank": bank})  # all that was answered is taken along
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
    path: Annotated[Path, typer.Argument(metavar="PUT", readable=False, help="Dnevnik odgovora: .json ili .csv.")],
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
    sheet: Annotated[
        bool, typer.Option("--sheet", help="Podsjetnik na jednoj stranici: uz -o x.html za ispis, inače u Markdownu.")
    ] = False,
    html: Annotated[bool, typer.Option("--html", help="Stranica za vježbanje u pregledniku, bez mreže.")] = False,
    anki: Annotated[bool, typer.Option("--anki", help="Špil za Anki (.apkg).")] = False,
    anki_csv: Annotated[bool, typer.Option("--anki-csv", help="Kartice za uvoz u Anki kao tekst.")] = False,
    moodle: Annotated[bool, typer.Option("--moodle", help="Banka pitanja za Moodle (XML).")] = False,
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
        Path | None,
        typer.Option("-o", "--output", metavar="PUT", readable=False, help="Zapiši u datoteku, a slike u mapu do nje."),
    ] = None,
    bank: Banks = None,
) -> None:
    """Izvezi pitanja s dokazima."""
    from quizlab.commands.export import ExportOptions, export_bank

    formats = {"md": md, "sheet": sheet, "html": html, "anki": anki, "anki-csv": anki_csv, "moodle": moodle}
    formats |= {"qti": qti, "json": json}
    options = ExportOptions(
        names=tuple(names or ()),
        formats=formats,
        output=output,
        answers=answers,
        variants=variants,
        banks=_banks(bank),
    )
    _exit(export_bank(options))


@app.command("list", cls=CroatianCommand)
def list_questions(
    names: Names = None,
    topic: Topic = None,
    plain: Plain = False,
    bank: Banks = None,
) -> None:
    """Popiši pitanja."""
    from quizlab.commands.list import list_all

    _exit(list_all(names or [], topic=topic, plain=plain, banks=_banks(bank)))


@app.command(cls=CroatianCommand)
def show(
    name: Annotated[str, Name],
    everything: Annotated[
        bool, typer.Option("--all", help="I tragove, ono što se kaže krivom odgovoru i druge brojeve.")
    ] = False,
    plain: Plain = False,
    bank: Banks = None,
) -> None:
    """Pokaži jedno pitanje s ključem, objašnjenjem i prisjećanjima."""
    from quizlab.commands.show import show_one

    _exit(show_one(name, everything=everything, plain=plain, banks=_banks(bank)))


@app.command(cls=SearchCommand)
def search(
    text: Annotated[str, typer.Argument(metavar="TEKST", help="Riječi koje pitanje spominje, može bez dijakritika.")],
    plain: Plain = False,
    bank: Banks = None,
) -> None:
    """Nađi pitanja po tekstu: i u objašnjenjima, pogreškama i prisjećanjima."""
    from quizlab.commands.search import search as search_questions

    _exit(search_questions(text, plain=plain, banks=_banks(bank)))


@app.command(cls=CroatianCommand)
def new(
    path: Annotated[
        Path, typer.Argument(metavar="PUT", readable=False, help="Vlastita banka, npr. moja.yaml; nova se stvori.")
    ],
    thread: Annotated[
        Path | None,
        typer.Option("--from-thread", metavar="PUT", readable=False, help="Počni od nove tvrdnje iz niti."),
    ] = None,
    plain: Plain = False,
) -> None:
    """Sastavi vlastito pitanje: pita redom i zapisuje ga u banku."""
    from quizlab.commands.new import write_new

    _exit(write_new(path, plain=plain, thread=thread))


@app.command(cls=CroatianCommand)
def hooks(plain: Plain = False, bank: Banks = None) -> None:
    """Popiši dokaze i njihove parametre."""
    from quizlab.commands.hooks import list_hooks

    _exit(list_hooks(plain=plain, banks=_banks(bank)))


@app.command(cls=CroatianCommand)
def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PUT]…", readable=False, help="Banke koje treba provjeriti; inače ugrađene."),
    ] = None,
    proofs: Annotated[bool, typer.Option("--proofs", help="Pokreni i dokaze: računaju li sve tvrdnje.")] = False,
) -> None:
    """Provjeri jesu li banke pitanja ispravno napisane i nedostaje li im što."""
    from quizlab.commands.check import check_banks

    _exit(check_banks(paths or [], proofs=proofs))


def _alone(one: str, names: Sequence[str] | None, others: Mapping[str, object]) -> None:
    """Refuse names and options that would be passed over in silence beside another one.

    Raises:
        QuizlabError: one of them was given.
    """
    for other in (*(names or ()), *(name for name, value in others.items() if value)):
        raise QuizlabError("not_together", {"one": one, "other": other}, errors.USAGE)


def _banks(added: list[Path] | None) -> tuple[Path, ...]:
    return tuple(added or ())


def _exit(status: int) -> None:
    raise typer.Exit(status)


SELDOM = (50_000, 20, 100)
"""When garbage is collected. Commands make many rows and nodes and hardly any garbage, and by its usual habit the
collector would look at all of them again and again: half the time that a long log or a large bank takes."""


def run(arguments: Sequence[str], early: subprocess.Popen[bytes] | None = None) -> int:
    """Run one command and return its exit status; every error leaves as one sentence on standard error.

    Args:
        arguments: the command with its options.
        early: a worker that was started meanwhile, for a command that proves; it ends with the command.
    """
    with ending.unwound():
        return _run(arguments, early)


def _run(arguments: Sequence[str], early: subprocess.Popen[bytes] | None) -> int:
    gc.set_threshold(*SELDOM)
    streams.opened()
    streams.measured()
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    completing = bool(os.environ.get(COMPLETE))
    try:
        if completing:
            from quizlab.commands import completion

            completion.prepare()
        status = int(app(list(arguments), prog_name="quizlab", standalone_mode=False, obj=early) or 0)
        sys.stdout.flush()
        if status == errors.INTERRUPTED:
            failing.say("interrupted")
        return status
    except SystemExit as stop:  # outside standalone mode Typer exits by itself only here
        return int(stop.code or 0) if completing else failing.pipe_closed()
    except Exception as error:
        return failing.report(error)
    finally:
        if early:
            early.kill()
