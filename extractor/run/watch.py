"""A time limit for work on one text that holds in any thread of any process."""

import ctypes
import threading
import time
from types import TracebackType
from typing import Self

_TICK = 0.25  # seconds between looks at the clock
_GRACE = 200  # milliseconds that a raised error takes at most to arrive


class TooSlowError(BaseException):
    """A text took longer than it may. Not an Exception: libraries that catch these must not swallow it."""


class Watch:
    """Raises TooSlowError in the thread that entered it when ``seconds`` are over. Built once, entered for each text.

    Work inside a C function is only stopped when it returns: worker processes that do not come back are ended from outside.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._deadline: float | None = None
        self._thread = 0
        self._is_raised = False
        threading.Thread(target=self._look, daemon=True, name="watch").start()

    def __enter__(self) -> Self:
        with self._lock:
            self._thread, self._is_raised = threading.get_ident(), False
            self._deadline = time.monotonic() + self._seconds
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._lock:
            self._deadline = None
            is_raised = self._is_raised
        if is_raised and kind is not TooSlowError:
            for _ in range(_GRACE):  # it is under way to this thread: let it come here, not in the next text
                time.sleep(0.001)

    def _look(self) -> None:
        while True:
            time.sleep(_TICK)
            with self._lock:
                if self._deadline is not None and time.monotonic() > self._deadline:
                    self._deadline, self._is_raised = None, True
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self._thread), ctypes.py_object(TooSlowError))
