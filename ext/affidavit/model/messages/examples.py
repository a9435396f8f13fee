"""What can be said of examples, and of the evidence that runs leave."""

from __future__ import annotations

from affidavit.model.severity import error, info

EXAMPLE_MALFORMED = error(
    "example-malformed",
    "An example, or a step of one, is not written in a way that could be run.",
    "Correct it as the reference of its directive says.",
)

EXAMPLE_DUPLICATE = error(
    "example-duplicate",
    "Two examples have one name, and so one place for their evidence.",
    "Rename one of the two.",
)

EXAMPLE_SETUP = error(
    "example-setup",
    "The examples that are to run before another one do not exist, or run in a circle.",
    "Name examples that there are, in `setup`, and let none need itself.",
)

EXAMPLE_UNKNOWN = error(
    "example-unknown",
    "A link names an example that no page of the site has.",
    "Correct the name, or add the example.",
)

ENVIRONMENT_UNKNOWN = error(
    "environment-unknown",
    "An example names an environment that no setting declares.",
    "Correct the name, or leave `environments` out for what the machine itself has.",
)

ENVIRONMENT_UNLOCKED = error(
    "environment-unlocked",
    "The versions of an environment's Python packages are not locked, so that nobody can run the same again.",
    "Run `affidavit environments lock`, and commit the file that it writes.",
)

ENVIRONMENT_OUTDATED = error(
    "environment-outdated",
    "The lock of an environment was made for another declaration than the settings have now.",
    "Run `affidavit environments lock` again, and commit what it writes.",
)

ENVIRONMENT_UNREADABLE = error(
    "environment-unreadable",
    "The lock of an environment cannot be read, or is not what `affidavit environments lock` writes.",
    "Restore it from version control, or run `affidavit environments lock` again.",
)

EXAMPLE_UNPROVEN = info(
    "example-unproven",
    "No run has shown an example yet, or nothing says when one did.",
    "Run `affidavit run --record`, and commit the evidence that it writes.",
)

EXAMPLE_STALE = error(
    "example-stale",
    "An example or what it runs in has changed since it was run: what its evidence shows is not what the page does.",
    "Run `affidavit run --record`, look at what came of it, and commit the evidence.",
)

EXAMPLE_EXPIRED = info(
    "example-expired",
    "The evidence of an example is older than evidence may be.",
    "Run `affidavit run --record`.",
)

EXAMPLE_DRIFTED = error(
    "example-drifted",
    "An example does not give what its page shows.",
    "If the page is right, mend what it speaks of; else write what was seen, which `affidavit run` shows.",
)

EXAMPLE_CONTRADICTED = error(
    "example-contradicted",
    "An example that is documented to fail does not fail, or fails in another way.",
    "If that is how it is now, correct the page: its `expect`, its `symptom`, and the cards that speak of it.",
)

EXAMPLE_UNABLE = info(
    "example-unable",
    "An example could not be run: a program or a guarantee of the sandbox is missing.",
    "Install what it names, or run it where that is there.",
)

EXAMPLE_FAILED = error(
    "example-failed",
    "Trying an example failed, so nothing is known of it: a file of it cannot be read, or it could not be started.",
    "See to what the message names, and run it again.",
)

EXAMPLE_UNSTEADY = error(
    "example-unsteady",
    "An example does not come out the same each time that it is run, though nothing was changed in between.",
    "Let it wait for what it needs, and not for a time; for what may differ, write `...` or use `settle`.",
)

EVIDENCE_DRIFTED = error(
    "evidence-drifted",
    "An example gives what its page shows, but not what its evidence has, which readers of the page are shown.",
    "Look at the difference; if it is right, run `affidavit run --record`, and commit the evidence.",
)

EVIDENCE_EDITED = error(
    "evidence-edited",
    "A file of evidence is not as a run left it: what it says does not have the digest that the run wrote.",
    "Restore it from version control, or run `affidavit run --record` again.",
)

EVIDENCE_UNREADABLE = error(
    "evidence-unreadable",
    "A file of evidence cannot be read, or is not what `affidavit run --record` writes.",
    "Restore it from version control, or run `affidavit run --record` again.",
)

EVIDENCE_VERSION = error(
    "evidence-version",
    "A later version of Affidavit wrote a file of evidence; nothing of it is used, and nothing is written over it.",
    "Update Affidavit to the release that wrote it.",
)

EVIDENCE_UNUSED = info(
    "evidence-unused",
    "There is evidence of an example that no page has any more.",
    "Remove the file, or restore the example's name.",
)
