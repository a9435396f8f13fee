"""What the programs of a session do to be asked one thing after the other, and how what they are asked is written.

They read it from descriptor 250, and tell on 251 that something is done: see ``session``.
"""

from __future__ import annotations

FIRST = "="
"""What a token begins with. The shell holds it as an escape, so that who prints all variables prints no token."""

LOOP = (
    # What one does again and again is the innermost loop alone; the outer ones are for a stray `break`, which so does
    # no harm. What the machinery does is kept from tracing (set -x): it is told where nobody reads, and a command that
    # is nothing but a redirection is not traced.
    "while >&1; do while >&1; do "
    '{ __aff_next; } 2>&249; builtin eval "${__aff_row[__aff_at]}"; '
    'while { __aff_was=$?; builtin printf "$__aff_say" "$__aff_was"; '
    "((++__aff_at < __aff_all && !__aff_was)); } >&251 2>&249; "
    'do builtin eval "${__aff_row[__aff_at]}"; done; done; done'
)
NEXT = (
    # The loop above is left once all is done, or where something failed. Else a stray `break` or `continue` left it,
    # and it is yet to be told that this was done.
    "__aff_next() { ((__aff_at != __aff_first && (__aff_at == __aff_all || __aff_was))) || { "
    'builtin printf "$__aff_say" 0 >&251; __aff_was=0 __aff_at=$((__aff_at + 1)); }; '
    "((__aff_at < __aff_all)) || { "
    'IFS= builtin read -r -d "" -u 250 __aff_all || builtin exit; '
    'IFS= builtin read -r -d "" "$__aff_whole" "$__aff_all" -u 250 __aff_row || builtin exit; '
    'builtin eval "__aff_row=($__aff_row)"; __aff_all=${#__aff_row[@]} __aff_at=0; }; __aff_first=$__aff_at; '
    # `$?` is what the command before left, unless errors end the shell (set -e), which this would then be.
    '[[ $- == *e* ]] || return "$__aff_was"; }'
)
OWN = (
    # What bash keeps of 0 to 2 while they lead elsewhere is closed when a program starts, and so is a copy of that.
    # It has the first free number above that of where they lead. Hence no command need be kept from the descriptors.
    "exec <&250 2>/dev/null 249>&2; { exec 250<&252 251>&253 249>&254; } <&251 >&251 2>&251; exec </dev/null 2>&1"
)
BASH = (
    f"shopt -s expand_aliases; {OWN}; {NEXT}; __aff_row=() __aff_all=0 __aff_at=0 __aff_first=0; "
    "__aff_whole=-N; ((BASH_VERSINFO > 3)) || __aff_whole=-n; "
    f"IFS= builtin read -r -d '' -u 250 __aff_say; __aff_say='\\{ord(FIRST):03o}'${{__aff_say#?}}s%03d; "
    f"__aff_loop='{LOOP}'; {LOOP}"
)
"""One line, so that the lines in the shell's messages are those of the command."""
PART = '( __aff_say=${__aff_say/s/c}; builtin eval "$__aff_loop" )'
"""Have what follows done by a copy of the shell, until that exits."""
PLAIN = frozenset(range(32, 127)) - frozenset(b"\\'")
"""Bytes that stand for themselves in ``$'...'``."""

PYTHON = r"""
def _affidavit():
    import builtins, codeop, io, os, sys, traceback, types
    asked = io.open(250, "rb", buffering=0)
    for number in (250, 251):
        os.set_inheritable(number, False)
    module = types.ModuleType("__main__")
    module.__dict__["__builtins__"] = builtins
    sys.modules["__main__"] = module
    sys.argv = [""]
    compiler = codeop.Compile()
    held = bytearray()
    def given():
        while b"\0" not in held:
            piece = asked.read(65536)
            if not piece:
                os._exit(0)
            held.extend(piece)
        text, _, rest = bytes(held).partition(b"\0")
        held[:] = rest
        return text.decode("utf-8", "surrogateescape")
    def show(error, frames):
        error.__traceback__ = frames
        kind = type(error)
        sys.last_type, sys.last_value, sys.last_traceback = kind, error, frames
        if sys.excepthook is sys.__excepthook__:
            sys.stderr.write("".join(traceback.format_exception(kind, error, frames)))
        else:
            sys.excepthook(kind, error, frames)
    def run(text):
        if all(line.strip()[:1] in ("", "#") for line in text.splitlines()):
            return 0
        try:
            code = compiler(text, "<stdin>", "single")
        except (SyntaxError, ValueError, OverflowError) as error:
            show(error, None)
            return 1
        try:
            exec(code, module.__dict__)
        except SystemExit:
            raise
        except BaseException as error:
            show(error, error.__traceback__.tb_next)
            return 1
        return 0
    token = given()
    status = 0
    while True:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:
                pass
        os.write(251, ("%ss%03d" % (token, status)).encode())
        status = run(given() + "\n")
_affidavit()
"""
"""The interactive interpreter without prompts. It is given by ``-c``, so that modules are found as there, and it may
be run by the Python of the steps, whichever that is."""


def each_of(given: list[str]) -> str:
    """Return what is asked of the Python, each ended by a null byte."""
    return "".join([f"{text}\0" for text in given])


def row_of(given: list[str]) -> str:
    """Return what is asked of the shell: how long it is, then words of the shell.

    Bash reads what is of known length at once, and byte by byte what a byte ends.
    """
    words = " ".join(map(_word, given))
    return f"{len(words)}\0{words}"


def _word(text: str) -> str:
    """Return a word that is a text, all of it ASCII, so that it is as many characters as bytes in every locale."""
    if text.isascii():
        return "'" + text.replace("'", "'\\''") + "'"
    octets = text.encode("utf-8", "surrogateescape")
    return "$'" + "".join([chr(octet) if octet in PLAIN else f"\\x{octet:02x}" for octet in octets]) + "'"
