"""Runs in environments, in each sandbox: their packages, variables, secrets and programs."""

import pytest
from msgspec.structs import replace

from affidavit.examples.environments.cache import VARIABLE
from affidavit.examples.environments.declared import Declared
from affidavit.examples.environments.grounds import grounds, machine_ground
from affidavit.examples.environments.lock import lock_text, read_lock
from affidavit.examples.evidence import record_text
from affidavit.examples.ground import Failed, Observed
from affidavit.examples.plan import Run
from affidavit.examples.running import run_one
from affidavit.examples.sandbox.bubblewrap import find_bubblewrap
from affidavit.examples.sandbox.limits_only import find_limits_only
from affidavit.examples.sandbox.sandbox import Unable
from affidavit.model.environments import Environment, ProgramSpec
from affidavit.model.evidence import Outcome
from affidavit.model.examples import ConsoleStep, Example, Exchange, Matching, PyconStep
from affidavit.model.place import Place
from affidavit.model.runs import MIB, Limits, Promise
from affidavit.model.settings import Settings

AT = Place("guide.rst", 3)
ONE = Environment("one", packages=("iniconfig",))
VALUE = "correct-horse-battery"


@pytest.fixture(scope="module", params=[find_bubblewrap, find_limits_only], ids=["bubblewrap", "limits"])
def sandbox(request, require_program):
    require_program("bash", install="apt-get install bash")
    if request.param is find_bubblewrap:
        require_program("bwrap", install="apt-get install bubblewrap")
    found = request.param()
    if isinstance(found, Unable):
        pytest.skip(f"{found.reason} {found.advice}")
    return found


@pytest.fixture
def run(sandbox, open_folder, monkeypatch):
    """Run commands in an environment, and return what came of them."""
    monkeypatch.setenv(VARIABLE, str(open_folder / "environments"))

    def call(environment, *steps, locks=None, values=None, settings=Settings(), **options):  # noqa: B008 -- frozen
        declared = Declared((environment,), locks or {})
        machine = machine_ground(settings, open_folder, sandbox)
        told = []

        class Told:
            def __init__(self, what):
                told.append(what)

            def __enter__(self):
                pass

            def __exit__(self, *_):
                pass

        within = grounds(machine, declared, {environment.name}, values or {}, Told)
        assert told == [f"Making the environment {environment.name}"]
        return run_one(Run((Example("a", steps, AT, **options),), environment.name), within[environment.name])

    return call


def console(*commands):
    return ConsoleStep(tuple(Exchange(each, None, AT) for each in commands), AT, Matching())


def observed(found):
    assert isinstance(found, Observed), found
    return found.record


@pytest.fixture(scope="module")
def locked(package_index):
    python = package_index.python(">=3.11")
    if python is None:
        pytest.skip("needs a Python that the user of the steps can use")
    version = python.version.rpartition(".")[0]
    return read_lock(lock_text(ONE, version, package_index.compile(ONE, version, "", upgrade=False)))


def test_the_packages_are_first_at_one_place_in_every_sandbox(run, locked):
    commands = console(
        "echo $VIRTUAL_ENV; type -P python3",
        "python3 -c 'import iniconfig; print(iniconfig.__file__)'",
        "touch $VIRTUAL_ENV/new",
    )
    session = PyconStep((Exchange("import sys; sys.prefix", None, AT),), AT)
    record = observed(run(ONE, commands, session, locks={"one": locked}))
    where, module, touched, prefix = (each.output for each in record.seen)
    assert where == "/environment\n/environment/bin/python3\n"
    assert module.startswith("/environment/lib/python3.")
    assert record.seen[2].status == 1, touched
    assert prefix == "'/environment'\n"
    assert dict(record.versions)["iniconfig"] == locked.packages[0].partition("==")[2]
    assert dict(record.versions)["python3"].startswith(f"Python {locked.python}")


def test_variables_are_set_and_secrets_stay_so(run):
    environment = Environment("a", variables=(("GREETING", "hello"),), secret=("TOKEN",))
    programs = replace(environment, programs=(ProgramSpec("bash", "echo version $TOKEN"),))
    record = observed(run(programs, console("echo $GREETING $TOKEN $PATHS"), values={"TOKEN": VALUE, "PATHS": "x"}))
    assert record.seen[0].output == "hello <***>\n"
    assert dict(record.versions)["bash"] == "version <***>"
    assert VALUE not in record_text(record)


def test_an_environment_has_its_own_versions_of_programs(run):
    environment = Environment("a", programs=(ProgramSpec("bash", "echo own"), ProgramSpec("sh", "true; echo 7")))
    known = Settings(programs=(ProgramSpec("bash", "echo known"), ProgramSpec("sed", "echo known")))
    record = observed(run(environment, console("true"), needs=("sed",), settings=known))
    versions = dict(record.versions)
    assert (versions["bash"], versions["sh"], versions["sed"]) == ("own", "7", "known")


def test_where_it_really_stands_is_not_in_versions(run, locked):
    environment = replace(ONE, programs=(ProgramSpec("python3", "type -P python3"),))
    record = observed(run(environment, console("true"), locks={"one": locked}))
    assert dict(record.versions)["python3"] == "/environment/bin/python3"


def test_a_program_that_it_needs_and_that_is_missing_makes_it_unable(run):
    spec = ProgramSpec("no-such-program", install="fetch no-such-program")
    record = observed(run(Environment("a", programs=(spec,)), console("true")))
    told = "`no-such-program` is not installed; to install: `fetch no-such-program`"
    assert (record.outcome, record.reason) == (Outcome.UNABLE, told)


def test_what_is_no_command_is_looked_for_as_a_file(run):
    there = ProgramSpec("hosts", "echo 7", file="/etc/hosts")
    gone = ProgramSpec("sh", "echo 7", install="fetch it", file="/etc/hosts/none.so")  # a command of that name is none
    record = observed(run(Environment("a", programs=(there,)), console("true")))
    assert (record.outcome, dict(record.versions)["hosts"]) == (Outcome.FINISHED, "7")
    record = observed(run(Environment("a", programs=(gone,)), console("true")))
    assert (record.outcome, record.reason) == (Outcome.UNABLE, "`sh` is not installed; to install: `fetch it`")


def test_what_cannot_be_had_here_is_unable_and_what_failed_is_not_known(run):
    record = observed(run(Environment("a", secret=("TOKEN",)), console("true")))
    assert (record.outcome, "needs `TOKEN`" in record.reason) == (Outcome.UNABLE, True)
    failed = run(Environment("a", packages=("iniconfig",)), console("true"))
    assert isinstance(failed, Failed)
    assert failed.reason.startswith("The environment `a` has no lock that can be used;")


def test_environments_have_fingerprints_of_their_own(run):
    found = [
        observed(run(Environment("a", variables=variables), console("true"))).fingerprint
        for variables in ((), (("A", "1"),), (("A", "2"),))
    ]
    assert len(set(found)) == 3


def test_a_package_and_a_program_of_one_name_both_have_their_versions(run, package_index):
    environment = replace(ONE, packages=("idna==3.20",))  # it brings a program
    version = package_index.python(">=3.11").version.rpartition(".")[0]
    lock = read_lock(lock_text(environment, version, package_index.compile(environment, version, "", upgrade=False)))
    named = replace(environment, programs=(ProgramSpec("idna", "echo 7"),))
    versions = dict(observed(run(named, console("true"), locks={"one": lock})).versions)
    assert (versions["idna"], versions["idna (package)"]) == ("7", "3.20")


def test_limits_and_promises_of_the_settings_count(run):
    small = Settings(limits=Limits(output=MIB))
    record = observed(run(Environment("a"), console("head -c 3000000 /dev/zero | tr '\\0' x"), settings=small))
    assert (record.outcome, "printed more than 1 MiB" in record.reason) == (Outcome.EXCEEDED, True)


def test_without_its_promises_nothing_runs(run, sandbox):
    record = observed(run(Environment("a"), console("true"), settings=Settings(promises=frozenset(Promise))))
    lacking = set(Promise) - sandbox.promises
    assert (record.outcome is Outcome.UNABLE, bool(lacking)) in {(True, True), (False, False)}
