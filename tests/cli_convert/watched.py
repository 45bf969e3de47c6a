"""Runs a command with a terminal as its standard error and prints what it drew there.

usage: watched.py COMMAND ARGUMENT... < LINES

Standard input is given to the command in two halves, and between them more time passes than work may take without a word.
"""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import time

PATIENCE = 1.2

lines = sys.stdin.buffer.read()
half = len(lines) // 2
ours, theirs = pty.openpty()
with subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=theirs) as child:
    os.close(theirs)
    assert child.stdin is not None
    child.stdin.write(lines[:half])
    child.stdin.flush()
    time.sleep(PATIENCE)
    child.stdin.write(lines[half:])
    child.stdin.close()
    drawn = b""
    try:
        while part := os.read(ours, 4096):
            drawn += part
    except OSError:
        pass  # Nobody holds the other end any more: all is read.
sys.stdout.write(ascii(drawn.decode()))
sys.exit(child.returncode)
