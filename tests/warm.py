"""Warm processes: a command is a fork of one that has imported everything, its worker a fork of one with torch.

A fork has its own streams, terminal, environment, folder and exit status, as a started process has, and costs a
hundredth of it. Only where the start itself is tested (and where nothing can fork) are processes started anew.
The banks that come with quizlab are read once, before the first fork; what reads and caches banks has tests of its own.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parent.parent
POSSIBLE = sys.platform == "linux"
WORKER = "worker"
"""What a fork is told that is to be a worker and no command."""

ADDRESS = "QUIZLAB_TESTS_WARM"
"""Names the folder with the sockets, for forks that want a worker."""


def ready() -> bool:
    """Whether there is a warm process to fork from: in tests where it is possible, in the benchmark never."""
    return POSSIBLE and ADDRESS in os.environ


class Fork:
    """A process forked elsewhere; it cannot be waited for as a child, but tells its status through a pipe."""

    def __init__(self, pid: int, status: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._status = status
        self._lock = threading.Lock()

    def __del__(self) -> None:
        os.close(self._status)  # not before: another thread may be waiting on it

    def wait(self, timeout: float | None = None) -> int | None:
        """The exit status, -9 for a process that was killed; None if it still runs after these seconds."""
        if self.returncode is None and select.select([self._status], [], [], timeout)[0]:
            with self._lock:
                if self.returncode is None:
                    told = os.read(self._status, 8)
                    self.returncode = int(told) if told else -signal.SIGKILL
        return self.returncode

    def poll(self) -> int | None:
        """The exit status, or None while it runs."""
        return self.wait(0)

    def kill(self) -> None:
        """End it at once."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)


class Worker(Fork):
    """A worker, with what is asked of a Popen."""

    stdin: IO[bytes]
    stdout: IO[bytes]


def fork(
    kind: str,
    arguments: Sequence[str],
    streams: Sequence[int],
    env: dict[str, str],
    *,
    cwd: str,
    terminal: bool = False,
) -> Fork:
    """Have a warm process of this kind fork; ``streams`` become its standard input, output and error."""
    reading, writing = os.pipe()
    with socket.socket(socket.AF_UNIX) as asking:
        asking.connect(f"{os.environ[ADDRESS]}/{kind}")
        wish = {"arguments": list(arguments), "env": env, "cwd": cwd, "terminal": terminal}
        socket.send_fds(asking, [b"!"], [*streams, writing])
        os.close(writing)
        asking.sendall(json.dumps(wish).encode())
        asking.shutdown(socket.SHUT_WR)
        return (Worker if WORKER in arguments else Fork)(int(asking.recv(16)), reading)


def at_terminal(
    arguments: Sequence[str], env: dict[str, str], *, cwd: str, rows: int, columns: int
) -> tuple[Fork, int]:
    """Quizlab at a terminal of its own; gives the process and the other end of the terminal."""
    import fcntl
    import pty
    import struct
    import termios

    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    made = fork("quizlab", arguments, [its, its, its], env, cwd=cwd, terminal=True)
    os.close(its)
    return made, ours


def run(arguments: Sequence[str], typed: str, env: dict[str, str], cwd: Path) -> subprocess.CompletedProcess[str]:
    """Like ``subprocess.run`` of quizlab."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(typed.encode())
        given.seek(0)
        made = fork("quizlab", arguments, [given.fileno(), out.fileno(), err.fileno()], env, cwd=str(cwd))
        status = made.wait(120)
        if status is None:
            made.kill()
            raise subprocess.TimeoutExpired(["quizlab", *arguments], 120)
        told = []
        for stream in (out, err):
            stream.seek(0)
            told.append(stream.read().decode().replace("\r\n", "\n"))
        return subprocess.CompletedProcess(["quizlab", *arguments], status, *told)


class Warm:
    """The warm processes of this process; they end with it."""

    def __init__(self, folder: Path) -> None:
        os.environ[ADDRESS] = str(folder)
        env = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR")}
        self._processes = [
            subprocess.Popen([sys.executable, "-m", "tests.warm", kind], cwd=ROOT, env=env, stdin=subprocess.PIPE)
            for kind in WAYS
        ]
        while not all((folder / kind).exists() for kind in WAYS):
            time.sleep(0.01)

    def close(self) -> None:
        """End them."""
        for process in self._processes:
            process.communicate()


# --- in the warm processes ---------------------------------------------------------------------------


def commands() -> Callable[[Sequence[str]], int]:
    """Everything that commands import, and the banks; a worker of theirs is forked, too."""
    import importlib
    import pkgutil

    import quizlab
    from quizlab import bank

    for room in ("commands", "view", "session", "learning", "question", "answers", "log", "telling", "bank"):
        for module in pkgutil.walk_packages([f"{quizlab.__path__[0]}/{room}"], f"quizlab.{room}."):
            importlib.import_module(module.name)

    from quizlab import cli
    from quizlab.proof import spawn

    reading: Any = sys.modules["quizlab.bank.load"]
    known = {path: bank.load(path) for path in bank.shipped()}

    @functools.wraps(bank.load)
    def load(path: Path, cache: Path | None = None, *, thorough: bool = False, read: Any = bank.load) -> Any:
        return known[path] if path in known and not thorough else read(path, cache, thorough=thorough)

    reading.load = bank.load = load
    spawn.start = worker  # type: ignore[assignment]
    return cli.run


def worker() -> Worker:
    """A worker that has torch already, in place of ``spawn.start``; from the other process if torch is another."""
    from quizlab.proof import spawn

    others = [Path(each) for each in os.environ.get("PYTHONPATH", "").split(os.pathsep) if each]
    kind = "quizlab" if any((each / "torch").exists() for each in others) else "worker"
    (its_in, our_in), (our_out, its_out) = os.pipe(), os.pipe()
    with open(os.devnull, "wb") as nothing:  # noqa: PTH123
        env = {**os.environ, **spawn.ENVIRONMENT}
        made = fork(kind, [WORKER], [its_in, its_out, nothing.fileno()], env, cwd=os.getcwd())  # noqa: PTH109
    os.close(its_in)
    os.close(its_out)
    assert isinstance(made, Worker)
    made.stdin, made.stdout = os.fdopen(our_in, "wb"), os.fdopen(our_out, "rb")
    return made


def workers() -> Callable[[Sequence[str]], int]:
    """Torch, and nothing of a lab."""
    import torch

    torch.set_num_threads(1)
    return lambda arguments: 0


WAYS = {"quizlab": commands, "worker": workers}


def serve(kind: str) -> None:
    """Fork for whoever asks, until the tests are gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listening:
        place = Path(os.environ[ADDRESS], kind)
        listening.bind(f"{place}.new")
        listening.listen(64)
        Path(f"{place}.new").rename(place)  # under its name only once it hears: between the two who asks is refused
        act = WAYS[kind]()
        while True:
            ready, _, _ = select.select([listening, 0], [], [])
            with contextlib.suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
            if 0 in ready:
                return
            asking, _ = listening.accept()
            with asking, contextlib.suppress(OSError):  # who asked may have been killed meanwhile
                _, streams, _, _ = socket.recv_fds(asking, 1, 4)
                told = b"".join(iter(functools.partial(asking.recv, 1 << 16), b""))
                if len(streams) == 4 and (pid := os.fork()) == 0:
                    listening.close()
                    asking.close()
                    _be(told, streams, act)
                for stream in streams:
                    os.close(stream)
                asking.sendall(str(pid).encode())


def _be(told: bytes, streams: Sequence[int], act: Callable[[Sequence[str]], int]) -> None:
    """What the fork does; it never returns."""
    status = 1
    try:
        wish = json.loads(told)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if wish["terminal"]:
            import fcntl
            import termios

            os.setsid()
            fcntl.ioctl(streams[0], termios.TIOCSCTTY, 0)
        for number, stream in enumerate(streams[:3]):
            os.dup2(stream, number)
            os.close(stream)
        os.environ.clear()
        os.environ.update(wish["env"])
        os.chdir(wish["cwd"])
        time.tzset()
        sys.path[:1] = [wish["cwd"], *filter(None, wish["env"].get("PYTHONPATH", "").split(os.pathsep))]
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115
        if wish["arguments"] == [WORKER]:
            from quizlab.proof import worker as ours

            ours.main()
        status = act(wish["arguments"])
        sys.stdout.flush()
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        os.write(streams[3], str(status).encode())
        os._exit(status)


if __name__ == "__main__":
    serve(sys.argv[1])
