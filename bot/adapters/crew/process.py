"""One reading process: started, asked, stopped when it overruns. Judges no reading."""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
from multiprocessing.connection import Connection, Pipe
from threading import Timer

from bot.adapters.crew.wire import LARGEST, Task, pack, unpack_from_child
from bot.ports.errors import TransientError

_START = 60.0  # seconds until the child has loaded its libraries, on a busy machine
CHILD = "bot.adapters.crew.child"  # the module whose main() serves
_CODE = (
    "import importlib, json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "main = importlib.import_module(sys.argv[2]).main; "
    "main(int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5]))"
)
# What programs and libraries need; passwords and tokens in the environment stay with the parent.
_KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "HOME", "EKBOT_MODELS")
_SINGLE = ("OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "OPENBLAS_NUM_THREADS")


class CrashedError(Exception):
    """The child died, overran or could not do the task; the message names only the kind."""


class ReadingProcess:
    """A child that lives until it is stopped, crashes or overruns."""

    def __init__(self, memory: int, seconds: float, module: str = CHILD) -> None:
        """Start the child and wait until it is ready.

        Raises:
            TransientError: it could not be started.
        """
        self.tasks = 0
        self._overrun = False
        ours, theirs = Pipe()
        self._connection: Connection = ours
        numbers = [str(theirs.fileno()), str(memory), str(seconds)]
        arguments = [json.dumps(sys.path), module, *numbers]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own code
                [sys.executable, "-I", "-X", "utf8", "-c", _CODE, *arguments],
                env=_environment(),
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # tracebacks would show what stands in the mail
                start_new_session=True,  # ctrl-C is the parent's business
            )
        except OSError as error:
            ours.close()
            raise TransientError(f"the reading process does not start: {error.strerror}") from error
        finally:
            theirs.close()
        try:
            self._receive(_START)
        except CrashedError as error:
            self.stop()
            raise TransientError(f"the reading process does not start: {error}") from error

    @property
    def pid(self) -> int:
        """Return the child's process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Tell whether the child can take another task."""
        return not self._overrun and self._process.poll() is None

    def ask(self, task: Task, arguments: tuple[object, ...], seconds: float) -> object:
        """Return the child's answer; the child is killed when it takes longer than *seconds*.

        Raises:
            CrashedError: it died, overran, or said that it can't.
        """
        self.tasks += 1
        return self._receive(seconds, pack((task.value, arguments)))

    def stop(self) -> None:
        """End the child and whatever it has started."""
        self._kill()
        self._connection.close()
        self._process.wait()

    def _receive(self, seconds: float, message: bytes | None = None) -> object:
        watch = Timer(seconds, self._overran)
        watch.daemon = True
        watch.start()
        try:
            if message is not None:
                self._connection.send_bytes(message)
            answer = unpack_from_child(self._connection.recv_bytes(LARGEST))
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            self._kill()
            raise CrashedError("time" if self._overrun else type(error).__name__) from error
        finally:
            watch.cancel()
        match answer:
            case ("ready", _):
                return None
            case ("ok", reading):
                return reading
            case ("error", str(kind)):
                self._kill()
                raise CrashedError(kind)
            case _:
                self._kill()
                raise CrashedError("nonsense")

    def _overran(self) -> None:
        self._overrun = True
        self._kill()

    def _kill(self) -> None:
        if self._process.poll() is None:
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except ProcessLookupError:
                self._process.kill()


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return kept | dict.fromkeys(_SINGLE, "1")
