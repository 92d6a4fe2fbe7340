# ruff: noqa: E501, UP031 - lines of banks
"""Banks that somebody wrote to make quizlab slow, large or dangerous: one text a name, as large as it is asked for."""

from __future__ import annotations

from collections.abc import Callable

UNSEEN = "\x7f\xad\u061c\u180e\u200b\u200d\u202e\u2066\u2069\u202c\ufeff\U000e0041"
"""What no medium may get raw, as far as YAML lets it stand bare."""

ESCAPES = (
    "\\x1b[31m \\x9b31m \\x07 \\x00 \\u202e \\u2066 \\u2069 \\u200b \\ufeff \\x85 \\u2028 \\u2029 \\x7f \\U000e0041"
)


def question(number: int = 1, kind: str = "number", **fields: str) -> str:
    """One question; a field given replaces that of a sound one, an empty one is left out."""
    sound = {
        "id": f"z{number}",
        "topic": "tema",
        "kind": kind,
        "prompt": f"Koliko je {number} + 1?",
        "answer": str(number + 1),
        "explain": f"Zbroj je {number + 1}.",
        "recollections": "[]",
    }
    sound |= fields
    lines = [f"{name}: {value}" for name, value in sound.items() if value]
    return "  - " + "\n    ".join(lines) + "\n"


def bank(*questions: str) -> str:
    return "title: Banka\nquestions:\n" + "".join(questions)


def _mistakes(number: int, answer: Callable[[int], str], more: str = "") -> str:
    return "".join(f"\n      - {{tag: m{n}, {more}answer: {answer(n)}, says: Nije.}}" for n in range(number))


def _options(count: int, text: Callable[[int], str]) -> str:
    rows = ""
    for n, letter in enumerate("abcdefghijklmnopqrstuvwxyz"[:count]):
        rows += f"\n      {letter}: {{text: {text(n)}" + (f", says: Nije., tag: t{n}}}" if n else "}")
    return rows


SIZES = "params: {c_in: 3, c_out: 3}\n    variants: {c_in: [%s], c_out: [%s]}\n    verify: {hook: lab4.unit_parameters}"


def _many(a: int, b: int) -> str:
    return SIZES % (", ".join(map(str, range(1, a + 1))), ", ".join(map(str, range(1, b + 1))))


def _embedding(mistakes: int, *, side: int = 128) -> str:
    params = f"{{emb_size: 512, channels: 16, side: {side}}}"
    return bank(
        question(
            kind="tuple",
            prompt="Koliko?",
            params=params,
            verify="{hook: lab4.embedding_sizes}",
            answer=f"[512, {16 * side * side}]",
            parts="[{kind: number, name: prvi}, {kind: number, name: drugi}]",
            mistakes=_mistakes(mistakes, lambda n: f'"{n + 1}; {n + 2}"', "with: {swapped: true}, ")
            if mistakes
            else "",
        )
    )


def banks(size: int) -> dict[str, str]:
    """The hostile banks; ``size`` is how many lines, letters or problems the largest ones have (100 000 is meant)."""
    n = size
    word = "a" * n
    nested = "\\\\frac{1}{" * (n // 12) + "2" + "}" * (n // 12)
    return {
        "many-bad-lines": bank(*(f"  - x{k}: 1\n" for k in range(n))),
        "million-problems": bank("  - {" + ", ".join(f"f{k}: 1" for k in range(10 * n)) + "}\n"),
        "long-scalar": bank(question(explain="riječ " * (n * 7))),
        "long-prompt": bank(question(prompt="riječ " * n + "?")),
        "json-lines": "".join(f'{{"id": "q{k}", "a": 1}}\n' for k in range(n)),
        "many-lines": bank(*(question(k) for k in range(1, n // 6))),
        "many-choices": bank(
            *(question(k, "choice", options=_options(4, lambda m: f"{m} kom"), answer="a") for k in range(1, n // 120))
        ),
        "one-block-of-lines": bank(question(explain="|\n" + "      a\n" * n)),
        "blank-lines": bank(question(explain="|\n      a\n" + "\n" * n, topic="tema"), question(2)),
        "variants-billion": bank(
            question(
                prompt='"Za {c_in} i {c_out} i {kernel}?"',
                params="{c_in: 3, c_out: 3, kernel: 3}",
                variants="{%s}"
                % ", ".join(f"{p}: [{', '.join(map(str, range(1, 1001)))}]" for p in ("c_in", "c_out", "kernel")),
                verify="{hook: lab4.unit_parameters}",
                answer="kernel**2*c_in*c_out + c_out + 2*c_in",
            )
        ),
        "variants-by-mistakes": bank(
            question(
                prompt='"Za {c_in} i {c_out}?"',
                params="{c_in: 3, c_out: 3}\n    variants: {c_in: [%s], c_out: [%s]}\n    verify: {hook: lab4.unit_parameters}"
                % (", ".join(map(str, range(1, 41))), ", ".join(map(str, range(1, 26)))),
                answer="9*c_in*c_out + c_out + 2*c_in",
                mistakes=_mistakes(max(1, n // 333), lambda k: f"9*c_in*c_out + c_out + 2*c_in + {k + 1}"),
            )
        ),
        "many-mistakes": bank(
            question(mistakes=_mistakes(n // 50, lambda k: "+".join(["1"] * 30) + f"+{k}"), answer="-3")
        ),
        "many-accepted": bank(
            question(kind="text", answer="kit", accept="[" + ", ".join(f"kit {k} riba" for k in range(n // 10)) + "]")
        ),
        "many-accepted-numbers": bank(question(accept="[" + ", ".join(["1 + 1"] * (n // 10)) + "]")),
        "many-hints": bank(question(hints="[" + ", ".join(f"savjet {k}" for k in range(n // 10)) + "]")),
        "many-aliases": bank(question(aliases="[" + ", ".join(f"z{k}" for k in range(5, n // 10)) + "]")),
        "many-points": bank(
            question(
                kind="open", answer="", points="[" + ", ".join(f"{{text: točka {k}}}" for k in range(n // 20)) + "]"
            )
        ),
        "many-parts": bank(
            question(
                kind="tuple",
                answer=f"[{', '.join(map(str, range(n // 50)))}]",
                parts=f"[{', '.join(f'{{kind: number, name: dio {k}}}' for k in range(n // 50))}]",
            )
        ),
        "many-recollections": "groups: {A: {title: popis}}\n"
        + bank(question(recollections="[" + ", ".join(f"{{group: A, answer: '{k}'}}" for k in range(n // 20)) + "]")),
        "many-groups": f"groups: {{{', '.join(f'g{k}: {{title: popis {k}}}' for k in range(n // 10))}}}\n"
        + bank(question(recollections="[{group: A, answer: '2'}, {group: g1, answer: '2'}]")),
        "many-params": bank(
            question(prompt='"{p1}?"', params="{%s}" % ", ".join(f"p{k}: {k}" for k in range(n // 10)), answer="p1")
        ),
        "word": bank(question(prompt=f"Što je {word}?", explain=f"To je {word}.")),
        "word-underscores": bank(question(explain=f"To je {'a_' * (n // 2)}.", prompt=f"Je li {'_' * n}?")),
        "word-stars": bank(question(explain=f"To je {'*' * n}.", prompt=f"Je li {'a*' * (n // 2)}?")),
        "word-hashes": bank(question(explain=f"To je {' #' * (n // 2)}.", prompt=f"Je li a {'#' * n} ovo?")),
        "word-brackets": bank(question(explain=f"To je {'[1, ' * (n // 4)}.", prompt=f"Je li {'a(' * (n // 2)}?")),
        "word-dots": bank(question(explain=f"To je {'a.' * (n // 2)}!", prompt=f"Je li {'a.b(' * (n // 4)}?")),
        "word-dollars": bank(question(explain=f"'To je {'$' * n}!'", prompt=f"'Je li {'$x' * (n // 2)}?'")),
        "word-slashes": bank(question(explain=f"'To je {'a/b' * (n // 3)}!'", prompt=f"'Je li {chr(92) * n}?'")),
        "word-braces": bank(
            question(explain=f"'To je ${'{' * (n // 2)}{'}' * (n // 2)}$!'", prompt=f"'Je li {'{{' * (n // 2)}?'")
        ),
        "word-accents": bank(question(explain=f"To je a{chr(0x301) * n}.", prompt=f"Je li {'č' * n}?")),
        "word-marks": bank(question(explain=f"'To je {'`' * n}.'", prompt=f"'Je li {'~' * n}<{'<a' * (n // 3)}?'")),
        "word-spaces": bank(question(explain=f"'To je a{' ' * n}b.'", prompt=f"'Je li{chr(0xA0) * n}?'")),
        "word-equation": bank(question(explain=f"'${'x_1^2 + ' * (n // 8)}1$'", prompt=f"'${'(' * (n // 2)}?$'")),
        "word-fractions": bank(question(explain="'$%s$'" % ("\\frac{1}{" * (n // 50) + "2" + "}" * (n // 50)))),
        "word-option": bank(question(kind="choice", options=_options(3, lambda k: word + str(k)), answer="a")),
        "word-accepted": bank(question(kind="text", answer=word, accept=f"[{word}b]")),
        "word-tag": bank(question(mistakes=f"[{{tag: {word}, answer: 7, says: Nije.}}]")),
        "word-id": bank(question(id=word)),
        "word-topic": bank(question(topic=word)),
        "word-formula": bank(question(kind="formula", symbols="[x]", answer=word, explain="x")),
        "word-number": bank(question(answer="1" * n)),
        "word-sum": bank(question(answer="+".join(["1"] * (n // 2)))),
        "word-brackets-answer": bank(question(answer="'" + "(" * (n // 2) + "1" + ")" * (n // 2) + "'")),
        "word-power": bank(question(answer="9**9**9**9")),
        "frac-nested-option": bank(
            question(kind="choice", options=_options(3, lambda k: f'"${nested}{k}$"'), answer="a")
        ),
        "frac-nested-answer": bank(question(kind="formula", symbols="[x]", answer=f'"{nested}"')),
        "braces-nested": "questions: " + "[" * n + "]" * n,
        "param-heavy-states": bank(
            question(
                prompt="Što?",
                params="{}",
                verify="{hook: lab3.lstm_states, with: {layers: 4, length: 200, width: 256}}",
            )
        ),
        "param-heavy-sizes": _embedding(0),
        "many-heavy-mistakes": _embedding(max(1, n // 2000)),
        "bare-unseen": bank(
            question(prompt=f"Što je a{UNSEEN[1:]}b?", explain=f"To je a{UNSEEN[1:]}b.", topic=f"te{UNSEEN[4:]}ma")
        ),
        "escaped-unseen": 'title: "Ba%s"\n' % ESCAPES.replace("\\x00", "")
        + bank(
            question(
                kind="choice",
                prompt=f'"Što {ESCAPES}?"',
                explain=f'"Jer {ESCAPES}."',
                topic=f'"te{ESCAPES}"',
                answer="a",
                options=_options(3, lambda k: f'"o{k} {ESCAPES}"'),
                hints=f'["misli {ESCAPES}"]',
                mark=f'"biraj {ESCAPES}"',
            )
        ).partition("\n")[2],
        "markup": bank(
            question(
                prompt="'[red]Što[/red] <script>alert(1)</script> {{c1::x}} =cmd|0 $\\href{javascript:1}{x}$'",
                explain="'</script><!-- <img src=x onerror=alert(1)> [x](javascript:1) =1+1'",
            )
        ),
    }
