"""What the programs that measure have in common: servers of their own, and bench_load's figures."""

import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def say(text):
    print(text, file=sys.stderr, flush=True)


class Server:
    """A server process and the port that it prints when it listens, or `port` once that answers."""

    def __init__(self, name, command, port=0, environment=None, **options):
        self.name = name
        # One that says something of every request would fill a pipe that nobody reads.
        self.output = tempfile.TemporaryFile("w+") if port else None
        self.process = subprocess.Popen(
            command, stdout=self.output or subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            start_new_session=True, env={**os.environ, **(environment or {})}, **options
        )
        self.port = self._await(port) if port else self._read_port()

    def _read_port(self):
        deadline = time.monotonic() + 30
        seen = ""
        while time.monotonic() < deadline:
            line = self.process.stdout.readline()
            if not line:
                break
            seen += line
            found = re.search(r"(?:127\.0\.0\.1|\[::\]|0\.0\.0\.0|localhost|port)[: ]+(\d{2,5})", line)
            if found:
                return int(found.group(1))
        sys.exit(f"{self.name} did not start:\n{seen}")

    def _await(self, port):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return port
            time.sleep(0.1)
        self.stop()
        self.output.seek(0)
        sys.exit(f"{self.name} did not start:\n{self.output.read()}")

    def stop(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def install(folder, work, name):
    """Copies `folder` to `work` and installs its pinned packages there; False without npm."""
    if not shutil.which("npm"):
        say(f"npm is not here: {name} is left out")
        return False
    say(f"installing {name}")
    for file in pathlib.Path(folder).iterdir():
        if file.suffix in (".json", ".js", ".yml"):
            shutil.copy(file, work)
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--silent"], cwd=work, check=True)
    return True


def measure(load, server, name, connections, seconds, *more):
    """Requests a second, p50 and p99 in µs."""
    command = [load, str(server.port), name, str(connections), str(seconds), *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{name} on {server.name}: {done.stderr}")
    return [float(number) for number in done.stdout.split()]
