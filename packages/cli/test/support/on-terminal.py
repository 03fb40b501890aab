"""Runs a command on a terminal of its own, joined to stdin and stdout. SIGUSR1 makes the terminal 40 rows by 120 columns."""
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios


def resize(terminal, rows, columns):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def pump(terminal):
    sources = [terminal, 0]
    while True:
        ready, _, _ = select.select(sources, [], [])
        if 0 in ready:
            typed = os.read(0, 65536)
            if typed:
                os.write(terminal, typed)
            else:
                sources.remove(0)
        if terminal in ready:
            try:
                shown = os.read(terminal, 65536)
            except OSError:
                return
            if not shown:
                return
            os.write(1, shown)


child, terminal = pty.fork()
if child == 0:
    # The size is set before the command looks.
    sys.stdin.readline()
    os.execvp(sys.argv[1], sys.argv[1:])
resize(terminal, 30, 100)
signal.signal(signal.SIGUSR1, lambda *_: resize(terminal, 40, 120))
attributes = termios.tcgetattr(terminal)
attributes[3] &= ~termios.ECHO
termios.tcsetattr(terminal, termios.TCSANOW, attributes)
os.write(terminal, b"\n")
pump(terminal)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
