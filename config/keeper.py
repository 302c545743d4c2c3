"""The process that owns the embedded PostgreSQL: starts it, and stops it when the last process that used it is gone.

Run as a program of its own with nothing but the standard library, so that it starts at once and holds no connection.
"""

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import threading


def stop(server: subprocess.Popen[bytes]) -> None:
    """Ask the server to end, ever more firmly; an unwilling one must not hold up the next start for ever."""
    for how, patience in ((signal.SIGINT, 60), (signal.SIGQUIT, 10), (signal.SIGKILL, None)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(server.pid, how)
        if over.wait(patience):
            return


def stop_when_unused(users_lock: str, server: subprocess.Popen[bytes]) -> None:
    with open(users_lock, "rb") as file:
        # Users hold the lock shared and lose it in whatever way they end. Kept until we end: a newcomer waits for that.
        fcntl.flock(file, fcntl.LOCK_EX)
        stop(server)


over = threading.Event()


def main() -> int:
    plan = json.loads(sys.argv[1])
    os.set_inheritable(plan["keeper_lock"], False)
    os.ftruncate(plan["keeper_lock"], 0)
    os.pwrite(plan["keeper_lock"], f"{os.getpid()}\n".encode(), 0)
    server = subprocess.Popen(plan["server"], stdin=subprocess.DEVNULL)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: threading.Thread(target=stop, args=(server,), daemon=True).start())
    threading.Thread(target=stop_when_unused, args=(plan["users_lock"], server), daemon=True).start()
    code = server.wait()
    over.set()
    return code


if __name__ == "__main__":
    sys.exit(main())
