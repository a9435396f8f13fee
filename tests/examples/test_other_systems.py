"""Where examples cannot be run, pages are built all the same."""

import subprocess
import sys

# What Windows has not, taken away before anything of ours is imported.
WITHOUT = """
import _signal, importlib, os, pkgutil, signal, sys
# Not ours: there they do without, in ways of their own.
import concurrent.futures, getpass, multiprocessing, pathlib, platformdirs, shutil, sphinx.application, subprocess
import tarfile, tempfile

for name in ("fcntl", "grp", "pty", "pwd", "resource", "termios", "tty"):
    sys.modules[name] = None
for module in (_signal, signal):
    for name in ("SIGALRM", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGSTOP", "SIGUSR1", "SIGUSR2", "SIGXFSZ"):
        vars(module).pop(name, None)
for name in ("fork", "geteuid", "getpgid", "getuid", "killpg", "setsid", "sysconf"):
    delattr(os, name)

import affidavit.cli, affidavit.sphinx

for package in (affidavit.cli, affidavit.sphinx):
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(found.name)
print("imported")
"""


def test_the_extension_and_the_command_are_imported_without_what_windows_lacks():
    found = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=False)
    assert (found.stdout, found.stderr) == ("imported\n", "")
