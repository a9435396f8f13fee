"""What can be said of settings, acceptances and reports."""

from __future__ import annotations

from affidavit.model.severity import error, info

SETTING_INVALID = error(
    "setting-invalid",
    "A setting in conf.py is not of the type or form that it must have.",
    "Correct the value in conf.py; the default is used meanwhile.",
)

REPORT_UNWRITABLE = error(
    "report-unwritable",
    "The report `claims.json` could not be written beside the html output.",
    "Remove what stands in its way, or build into another folder.",
)

ACCEPTANCE_EXPIRED = error(
    "acceptance-expired",
    "A finding was set aside until a day that has passed, and it is still there.",
    "Mend what the finding names, or set it aside anew with a later day and a reason.",
)

ACCEPTANCE_UNUSED = info(
    "acceptance-unused",
    "An entry of `affidavit_accepted` sets aside a finding that is not there any more.",
    "Remove the entry.",
)
