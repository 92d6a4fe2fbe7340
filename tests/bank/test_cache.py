"""A bank is decoded once; nothing that happens to the cache can change what is read."""

from __future__ import annotations

import hashlib
import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlab import bank
from quizlab.model import Bank
from quizlab.proof import sources
from tests.bank.small import HEAD, OPEN, WHOLE, bounded, changed, write

load = importlib.import_module("quizlab.bank.load")
decoding = importlib.import_module("quizlab.bank.decode")


def entries(cache: Path) -> list[Path]:
    return sorted(cache.iterdir())


def recalled(path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Bank:
    """The bank, read without decoding."""

    def fail(*_args: object, **_options: object) -> None:
        pytest.fail("decoded again")

    with monkeypatch.context() as patched:
        patched.setattr(decoding, "decode", fail)
        return bank.load(path, cache)


def test_the_second_load_does_not_decode(tmp_path, monkeypatch):
    path, cache = write(tmp_path, WHOLE), tmp_path / "a" / "cache"
    first = bank.load(path, cache)
    assert recalled(path, cache, monkeypatch) == first == bank.load(path)
    assert len(entries(cache)) == 1


def test_any_change_of_the_file_is_seen(tmp_path, monkeypatch):
    path, cache = write(tmp_path, WHOLE), tmp_path / "cache"
    bank.load(path, cache)
    write(tmp_path, changed("Objasni.", "Objasni?"))
    assert bank.load(path, cache).questions[2].prompt == "Objasni?"
    assert len(entries(cache)) == 1
    write(tmp_path, WHOLE + "\n")
    with pytest.raises(pytest.fail.Exception):
        recalled(path, cache, monkeypatch)
    write(tmp_path, WHOLE + "foo: bar\n")
    with pytest.raises(bank.BankError):
        bank.load(path, cache)


def test_a_change_of_the_code_is_seen(tmp_path, monkeypatch):
    path, cache = write(tmp_path, WHOLE), tmp_path / "cache"
    bank.load(path, cache)
    monkeypatch.setattr(load, "__version__", "99")
    with pytest.raises(pytest.fail.Exception):
        recalled(path, cache, monkeypatch)


@pytest.mark.parametrize("change", ["edited", "moved"])
def test_a_change_of_any_module_that_was_imported_is_seen(tmp_path, monkeypatch, change):
    path, cache = write(tmp_path, WHOLE), tmp_path / "cache"
    module = tmp_path / "elsewhere" / f"rarely_{change}.py"  # wherever it lies: no pattern names it
    module.parent.mkdir()
    module.write_text("X = 1\n")
    monkeypatch.syspath_prepend(str(module.parent))
    found = importlib.import_module(module.stem)
    del sys.modules[module.stem]
    monkeypatch.setitem(sys.modules, module.stem, found)  # for this test only
    bank.load(path, cache)
    sources.digest.cache_clear()  # as in a process of its own
    recalled(path, cache, monkeypatch)
    stat = module.stat()
    if change == "edited":
        module.write_text("X = 2\n")
        os.utime(module, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    else:
        module.rename(module.with_name("moved.py"))
    sources.digest.cache_clear()
    with pytest.raises(pytest.fail.Exception):
        recalled(path, cache, monkeypatch)


def test_what_checks_banks_is_among_the_modules():
    names = {Path(path).name for path in sources.Imported().now()}
    assert {"check.py", "number.py", "model.py", "binding.py", "registry.py"} <= names


def test_banks_of_the_same_or_a_longer_name_do_not_evict_each_other(tmp_path, monkeypatch):
    cache = tmp_path / "cache"
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    paths = [write(folders[0], WHOLE), write(folders[1], WHOLE), write(folders[0], HEAD + OPEN, "mala-druga.yaml")]
    banks = [bank.load(path, cache) for path in paths]
    assert [recalled(path, cache, monkeypatch) for path in paths] == banks


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data[:10],
        lambda data: data + b"x",
        lambda data: b"foreign file",
        lambda data: data.replace(b"Objasni.", b"Objasnj."),
        lambda data: hashlib.blake2b(b"\x90", digest_size=16).digest() + b"\x90",  # sealed, but no bank
        lambda data: hashlib.blake2b(b"\xa1\xff", digest_size=16).digest() + b"\xa1\xff",  # no text
    ],
)
def test_a_damaged_entry_is_ignored_and_rewritten(tmp_path, monkeypatch, damage):
    path, cache = write(tmp_path, WHOLE), tmp_path / "cache"
    first = bank.load(path, cache)
    (kept,) = entries(cache)
    sound = kept.read_bytes()
    kept.write_bytes(damage(sound))
    assert kept.read_bytes() != sound
    assert bank.load(path, cache) == first
    assert kept.read_bytes() == sound
    assert recalled(path, cache, monkeypatch) == first


@bounded(60)
@given(st.data())
def test_one_changed_byte_is_noticed(tmp_path, data):
    path, cache = write(tmp_path, WHOLE), tmp_path / "cache"
    first = bank.load(path, cache)
    (kept,) = entries(cache)
    sound = bytearray(kept.read_bytes())
    sound[data.draw(st.integers(0, len(sound) - 1))] ^= data.draw(st.integers(1, 255))
    kept.write_bytes(sound)
    assert load._recall(kept) is None
    assert bank.load(path, cache) == first


def test_a_cache_that_cannot_be_written(tmp_path, monkeypatch):
    path = write(tmp_path, WHOLE)
    file = write(tmp_path, "x", "file")
    expected = bank.load(path)
    assert bank.load(path, file) == expected  # the folder is a file
    assert bank.load(path, file / "cache") == expected
    cache = tmp_path / "cache"
    bank.load(path, cache)
    (kept,) = entries(cache)
    kept.unlink()
    kept.mkdir()
    assert bank.load(path, cache) == expected
    kept.rmdir()

    def refuse(*_args: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    for name in ("write_bytes", "mkdir", "replace", "unlink", "read_bytes"):
        with monkeypatch.context() as patched:
            patched.setattr(Path, name, refuse)
            assert bank.load(path, tmp_path / f"cache-{name}") == expected


@pytest.mark.parametrize("value", ["9" * 30, "-" + "9" * 30, "1e300", '"\\ud7ff"'])
def test_values_that_no_cache_holds_easily(tmp_path, monkeypatch, value):
    path, cache = write(tmp_path, changed("value: 7", f"value: {value}")), tmp_path / "cache"
    first = bank.load(path, cache)
    assert recalled(path, cache, monkeypatch) == first


def test_a_path_that_is_no_text(tmp_path):
    path = tmp_path / "\udcff\udcfe.yaml"
    try:
        path.write_bytes(WHOLE.encode())
    except OSError:
        pytest.skip("this file system takes only text")
    assert bank.load(path, tmp_path / "cache") == bank.load(path)


def test_processes_at_once(tmp_path):
    path, cache = write(tmp_path, WHOLE), tmp_path / "cache"
    code = "import sys; from pathlib import Path; from quizlab import bank\nfor _ in range(30):\n"
    code += " [each.unlink(missing_ok=True) for each in Path(sys.argv[2]).glob('*.bank')]\n"
    code += " assert len(bank.load(Path(sys.argv[1]), Path(sys.argv[2])).questions) == 3"
    processes = [
        subprocess.Popen([sys.executable, "-c", code, str(path), str(cache)], stderr=subprocess.PIPE) for _ in range(3)
    ]
    assert [(process.communicate(timeout=60)[1], process.returncode) for process in processes] == [(b"", 0)] * 3
    assert {each.suffix for each in entries(cache)} <= {".bank"}
