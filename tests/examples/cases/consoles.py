"""Cases of console steps, and of what both markups do to the text of blocks."""

from __future__ import annotations

from tests.examples.cases.case import case, console, file, prose, stock

TABS = "docutils turns tabs into blanks up to the next eighth column; MyST keeps them"
BLANKS = "docutils strips blanks at the ends of lines; MyST keeps them"
FEEDS = "docutils turns form feeds and vertical tabs into blanks; MyST keeps them"
INDENTED = "docutils takes what all lines are indented by for the indentation of the block; MyST keeps it"

CONSOLES = (
    case("status", console("$ false\n[1]\n$ (exit 255)\n[255]\n$ true\n$ echo shown\nshown")),
    case("status-with-output", console("$ ls gone\n...gone...\n[2]")),
    case("gap-of-lines", console("$ seq 9\n1\n2\n...\n9")),
    case("gap-in-a-line", console("$ echo one two three four\none ... three ...")),
    case("gap-of-nothing", console("$ echo a\n...\na\n...")),
    case("glob", console("$ printf 'a1\\nb22\\n'\n[a-c]?\nb*", match="glob")),
    case("regex", console("$ echo took $RANDOM ms\ntook \\d+ ms", match="regex")),
    case("regex-of-alternatives", console("$ uname -s\nLinux|FreeBSD|Darwin", match="regex")),
    case("unordered", console("$ shuf -e a b c d\na\nb\nc\nd", unordered=True)),
    case("unordered-glob", console("$ shuf -e a1 b2\nb*\na*", unordered=True, match="glob")),
    case("tolerance", console("$ echo size 1003 of 7.02\nsize 1000 of 7.0", tolerance="0.01")),
    case(
        "json", console('$ echo \'{"b": [1, {"x": 2}], "a": "x", "c": null}\'\n{"b": [1, {}], "a": "x"}', match="json")
    ),
    case("settled-always", console("$ echo at $(date -Ins)\nat 2030-01-01T00:00:00,000000000+00:00")),
    case("settled-word", console("$ cat /proc/sys/kernel/random/uuid\n<uuid-1>")),
    case("settled-checksum", file("empty", "x\n"), console("$ md5sum empty\n<checksum-1>  empty", settle="checksum")),
    case("settled-epoch", console("$ date +%s\n<epoch>", settle="epoch")),
    case(
        "settled-both", console("$ date +%s; echo $RANDOM | md5sum\n<epoch>\n<checksum-1>  -", settle="epoch, checksum")
    ),
    case("marked-lines", console('$ for each in a b\n> do\n>   echo "$each"\n> done\na\nb')),
    case("backslash", console("$ echo one \\\n    two\none two")),
    case("quotes-over-lines", console("$ echo 'one\n  two'\none\n  two")),
    case("here-document", console("$ cat > made.txt <<'END'\na $b\n  c\nEND\n$ cat made.txt\na $b\n  c")),
    case(
        "folder-stays",
        console("$ mkdir -p deep/er && cd deep/er\n$ pwd\n/workspace/deep/er"),
        console("$ cd ..\n$ pwd\n/workspace/deep"),
    ),
    case(
        "variables-stay",
        console("$ NAME=value; export OTHER=more"),
        prose("Words between."),
        console("$ echo $NAME $(sh -c 'echo $OTHER')\nvalue more"),
    ),
    case(
        "functions-stay",
        console("$ greet() { echo \"hello $1\"; }\n$ alias hi='greet you'\n$ greet me\nhello me\n$ hi\nhello you"),
    ),
    case("status-of-the-last", console("$ (exit 3)\n[3]\n$ echo $?\n3")),
    case("errors", console("$ echo out; echo err >&2\nout\nerr")),
    case("colours", console("$ printf '\\033[31mred\\033[0m plain\\n'\nred plain")),
    case("colours-recorded", console("$ printf '\\033[1;32mgreen\\033[0m\\n'")),
    case("recorded", console("$ echo what it prints\n$ seq 3")),
    case("recorded-with-status", console("$ echo before; false\n[1]\n$ true")),
    case("nothing-printed", console("$ true\n$ echo shown\nshown")),
    case("no-end-of-line", console("$ printf abc\nabc\n$ printf 'd\\ne'\nd\ne")),
    case("blank-lines", console("$ printf 'a\\n\\n\\nb\\n'\na\n\n<BLANKLINE>\nb")),
    case(
        "output-like-a-prompt", console("$ printf '$ x\\n'\n\\$ x\n$ printf '[1]\\n'\n\\[1]\n$ printf '> y\\n'\n\\> y")
    ),
    case("output-like-markup", console("$ printf ':a: b\\n.. c::\\n| d\\n'\n:a: b\n.. c::\n| d")),
    case("quotes-and-dashes", console('$ echo "it\'s" -- \'"a"--b...\'\nit\'s -- "a"--b...')),
    case("backquotes", console("$ echo `echo a` '```'\na ```")),
    case("unicode", console("$ printf '%s\\n' 'Grüße, 世界' '🙂 é'\nGrüße, 世界\n🙂 é")),
    case("no-break-blanks", console("$ printf 'a\\u00a0b\\n'\na\u00a0b")),
    case("no-text", console("$ printf '\\377\\376\\n'\n...")),
    case("left-behind", console("$ sleep 300 & echo begun\nbegun")),
    case("input-is-empty", console("$ cat; echo end\nend")),
    case("arithmetic-and-arrays", console("$ a=(1 2 3); echo $(( a[0] + ${#a[@]} ))\n4")),
    case("errors-end-nothing", console("$ set -e; true\n$ false || echo caught\ncaught")),
    case("tracing", console("$ set -x; echo a; set +x\n...+ echo a\na\n...+ set +x")),
    case("redirected", console("$ exec > out.txt\n$ echo hidden\n$ exec > /dev/stderr\n$ cat out.txt\nhidden")),
    case("stock-block", stock("console", "$ echo stock\nstock")),
    case(
        "stock-in-a-list",
        stock("console", "$ echo listed\nlisted", listed=True),
        stock("console", "$ echo behind\nbehind"),
    ),
    case(
        "stock-of-no-step",
        stock("bash", "rm -rf nothing"),
        stock("python", 'print("no step")'),
        console("$ echo step\nstep"),
    ),
    case("tabs", console("$ printf 'a\tb\\n' | wc -c\n..."), apart=TABS),
    case("tabs-in-output", console("$ printf 'a\\tb\\n'\na...b")),
    case("blanks-at-the-end", console("$ echo 'a \nb' | wc -c\n..."), apart=BLANKS),
    case("form-feeds", console("$ printf 'a\x0cb\\n' | wc -c\n4"), apart=FEEDS),
)
