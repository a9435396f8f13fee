"""Every message that Affidavit can give: its stable code, its severity, what it means and what to do.

The manual's page *Messages* and ``affidavit explain`` print this table; warnings, ``claims.json`` and
every other output use the same codes. A code is never renamed or reused.
"""

from __future__ import annotations

from enum import Enum

from affidavit.model.severity import Explanation, Severity


def _error(code: str, meaning: str, advice: str) -> Explanation:
    return Explanation(code, Severity.ERROR, meaning, advice)


def _info(code: str, meaning: str, advice: str) -> Explanation:
    return Explanation(code, Severity.INFO, meaning, advice)


class Code(Enum):
    """The closed list of codes; the value of a member explains it."""

    ARGUMENT_MISSING = _error(
        "argument-missing",
        "A directive stands without the argument that names what it declares.",
        "Write the argument on the line of the directive: a name such as `proxy`, releases such as `1.0..2.4`.",
    )
    ARGUMENT_INVALID = _error(
        "argument-invalid",
        "The argument of a directive is not of the form that the directive takes.",
        "Use lower-case letters, digits and single hyphens for a name, `a..b`, `a..` or `a` for releases.",
    )
    OPTION_UNKNOWN = _error(
        "option-unknown",
        "A directive has an option that it does not know.",
        "Correct the spelling of the option, or remove it.",
    )
    OPTION_MISSING = _error(
        "option-missing",
        "A directive lacks an option that it cannot do without.",
        "Add the option.",
    )
    OPTION_INVALID = _error(
        "option-invalid",
        "The value of an option is not of the form that the option takes.",
        "Write a value of the form that the reference gives for this option.",
    )
    CARD_EMPTY = _error(
        "card-empty",
        "A deployment method declares neither a stage nor a word of text.",
        "Nest at least one `stage` directive in the card.",
    )
    CARD_NESTED = _error(
        "card-nested",
        "A deployment method stands inside another one.",
        "Move the inner card out, so that each stands in a section of its own.",
    )
    CARD_MISPLACED = _error(
        "card-misplaced",
        "A card or matrix stands where not every reader sees it as a part of the page: in a list, a tab, an `only`.",
        "Move it directly into a section; the stages of a card say what holds for which release.",
    )
    PART_MISPLACED = _error(
        "part-misplaced",
        "A `stage` stands outside a deployment method, or a `fails` outside a stage.",
        "Move the directive to where it belongs, without a list or another directive between.",
    )
    METHOD_DUPLICATE = _error(
        "method-duplicate",
        "Two deployment methods have one name.",
        "Rename one of them: links and evidence go by the name.",
    )
    FEATURE_DUPLICATE = _error(
        "feature-duplicate",
        "Two deployment features have one name.",
        "Rename one of them: links and evidence go by the name.",
    )
    FEATURE_UNKNOWN = _error(
        "feature-unknown",
        "A `fails` names a feature that no `deployment-feature` declares.",
        "Declare the feature, or correct the name.",
    )
    TERM_UNKNOWN = _error(
        "term-unknown",
        "A card names a term that stands in no glossary of the site.",
        "Add the term to a glossary, or correct the name.",
    )
    STATUS_UNKNOWN = _error(
        "status-unknown",
        "The status of a stage is not one of the words that Affidavit knows.",
        "Use recommended, supported, discouraged, broken, removed or unknown.",
    )
    RELEASE_UNKNOWN = _error(
        "release-unknown",
        "A stage, or `affidavit_release`, names a release that is not in `affidavit_releases`.",
        "Add the release to the setting, or correct the stage.",
    )
    RELEASE_MISSING = _error(
        "release-missing",
        "The site has cards, but its settings do not say which release it documents.",
        "Set `affidavit_releases` and `affidavit_release` in conf.py.",
    )
    RELEASE_UNCOVERED = _error(
        "release-uncovered",
        "No stage of a card covers the release that the site documents.",
        "Add a stage for it, or leave the last stage open (`a..`).",
    )
    STAGE_OVERLAP = _error(
        "stage-overlap",
        "Two stages of a card speak of one release.",
        "End the earlier stage before the later one begins: both ends of an interval belong to it.",
    )
    STAGE_GAP = _error(
        "stage-gap",
        "Between two stages of a card there are releases that none of them covers.",
        "Extend a stage, or add one with the status `unknown`.",
    )
    STAGE_REVERSED = _error(
        "stage-reversed",
        "A stage ends before it begins.",
        "Write the older release first.",
    )
    NOTE_MALFORMED = _error(
        "note-malformed",
        "A reference to release notes is not of the form `[project:]release#section`.",
        "Write for example `pike#known-issues` or `glance:15.0.0#known-issues`.",
    )
    NOTE_PROJECT_UNKNOWN = _error(
        "note-project-unknown",
        "A reference names a project that is not in `affidavit_release_notes`, or that the lock file does not hold.",
        "Add the project to the setting and run `affidavit notes lock`.",
    )
    NOTE_RELEASE_UNKNOWN = _error(
        "note-release-unknown",
        "The release notes of the project have no such release or series.",
        "Correct the release, or run `affidavit notes lock` if it is new.",
    )
    NOTE_SECTION_UNKNOWN = _error(
        "note-section-unknown",
        "The release notes of that release have no such section.",
        "Correct the section, or name another release of the series.",
    )
    NOTE_AMBIGUOUS = _error(
        "note-ambiguous",
        "A reference fits more than one place in the release notes.",
        "Name the release, or `series/version` where a version stands in two series.",
    )
    LOCK_MISSING = _error(
        "lock-missing",
        "There are references to release notes, but no lock file to check them against.",
        "Run `affidavit notes lock` and commit the file that it writes.",
    )
    LOCK_UNREADABLE = _error(
        "lock-unreadable",
        "The lock file cannot be read, is cut short, or is not what `affidavit notes lock` writes.",
        "Restore the file from version control, or run `affidavit notes lock` again.",
    )
    LOCK_VERSION = _error(
        "lock-version",
        "The lock file was written by a later version of Affidavit.",
        "Upgrade Affidavit, or write the file again with `affidavit notes lock`.",
    )
    LOCK_DUPLICATE = _error(
        "lock-duplicate",
        "The lock file holds one key twice, as a merge of two changes may leave it.",
        "Run `affidavit notes lock` again and commit the result.",
    )
    LOCK_OUTDATED = _error(
        "lock-outdated",
        "The lock file and `affidavit_release_notes` disagree: a project is in one alone, or its URL differs.",
        "Run `affidavit notes lock` and commit the file that it writes.",
    )
    TERM_WITHOUT_REFERENCE = _error(
        "term-without-reference",
        "A glossary entry links to no page that readers could check it against.",
        "Add at least one http or https link to the entry.",
    )
    URL_MALFORMED = _error(
        "url-malformed",
        "The address of a link is not a URL that could be asked.",
        "Correct the address; it needs a host name and no blanks.",
    )
    URL_SCHEME = _error(
        "url-scheme",
        "A glossary entry links to something that is neither http nor https.",
        "Link to a page that every reader can open.",
    )
    URL_DUPLICATE = _info(
        "url-duplicate",
        "Two glossary terms link to one URL.",
        "Look whether one of the two means another page.",
    )
    URL_INSECURE = _info(
        "url-insecure",
        "A link says http where the same host is linked with https elsewhere.",
        "Write https if the page answers there.",
    )
    LINK_BROKEN = _error(
        "link-broken",
        "The page behind a link is not there.",
        "Link to the page's present address, or remove the link.",
    )
    LINK_UNABLE = _info(
        "link-unable",
        "Whether a link holds could not be told: the server asks for credentials, limits requests, or failed.",
        "Nothing, unless it stays so; then open the link by hand.",
    )
    ADDRESS_REFUSED = _info(
        "address-refused",
        "A link leads, by itself, by its host's name or by a redirect, to an address that is not of the open web.",
        "If this machine may ask there, name the host or its network in `affidavit_allow_private`.",
    )
    SETTING_INVALID = _error(
        "setting-invalid",
        "A setting in conf.py is not of the type or form that it must have.",
        "Correct the value in conf.py; the default is used meanwhile.",
    )
    REPORT_UNWRITABLE = _error(
        "report-unwritable",
        "The report `claims.json` could not be written beside the html output.",
        "Remove what stands in its way, or build into another folder.",
    )
    ACCEPTANCE_EXPIRED = _error(
        "acceptance-expired",
        "A finding was set aside until a day that has passed, and it is still there.",
        "Mend what the finding names, or set it aside anew with a later day and a reason.",
    )
    ACCEPTANCE_UNUSED = _info(
        "acceptance-unused",
        "An entry of `affidavit_accepted` sets aside a finding that is not there any more.",
        "Remove the entry.",
    )

    def __str__(self) -> str:
        """Return the code as it stands in every output."""
        return self.value.code

    @property
    def severity(self) -> Severity:
        """Return how much a finding of this code matters."""
        return self.value.severity


CODES = {str(code): code for code in Code}
"""The codes by the words that stand in every output."""
