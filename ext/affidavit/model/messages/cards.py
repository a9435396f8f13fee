"""What can be said of directives and cards."""

from __future__ import annotations

from affidavit.model.severity import error

ARGUMENT_MISSING = error(
    "argument-missing",
    "A directive stands without the argument that names what it declares.",
    "Write the argument on the line of the directive: a name such as `proxy`, releases such as `1.0..2.4`.",
)

ARGUMENT_INVALID = error(
    "argument-invalid",
    "The argument of a directive is not of the form that the directive takes.",
    "Use lower-case letters, digits and single hyphens for a name, `a..b`, `a..` or `a` for releases.",
)

OPTION_UNKNOWN = error(
    "option-unknown",
    "A directive has an option that it does not know.",
    "Correct the spelling of the option, or remove it.",
)

OPTION_MISSING = error(
    "option-missing",
    "A directive lacks an option that it cannot do without.",
    "Add the option.",
)

OPTION_INVALID = error(
    "option-invalid",
    "The value of an option is not of the form that the option takes.",
    "Write a value of the form that the reference gives for this option.",
)

CARD_EMPTY = error(
    "card-empty",
    "A deployment method declares neither a stage nor a word of text, or a statement has no sentence.",
    "Nest at least one `stage` directive in the card, or write the sentence below the options of the statement.",
)

CARD_NESTED = error(
    "card-nested",
    "A deployment method stands inside another one.",
    "Move the inner card out, so that each stands in a section of its own.",
)

CARD_MISPLACED = error(
    "card-misplaced",
    "A card, a matrix, a list of ours, an example or a statement stands where not every reader sees it: in a tab, an "
    "`only`; or, other than a statement, in a list.",
    "Move it directly into a section; the stages of a card say what holds for which release.",
)

PART_MISPLACED = error(
    "part-misplaced",
    "A `stage` stands outside a deployment method, a `fails` outside a stage, or a step outside an example.",
    "Move the directive to where it belongs, without a list or another directive between.",
)

METHOD_DUPLICATE = error(
    "method-duplicate",
    "Two deployment methods have one name.",
    "Rename one of them: links and evidence go by the name.",
)

FEATURE_DUPLICATE = error(
    "feature-duplicate",
    "Two deployment features have one name.",
    "Rename one of them: links and evidence go by the name.",
)

FEATURE_UNKNOWN = error(
    "feature-unknown",
    "A `fails`, a statement, or the `probe` of an example names a feature that no `deployment-feature` declares.",
    "Declare the feature, or correct the name.",
)

TERM_UNKNOWN = error(
    "term-unknown",
    "A card names a term that stands in no glossary of the site.",
    "Add the term to a glossary, or correct the name.",
)

STATUS_UNKNOWN = error(
    "status-unknown",
    "The status of a stage is not one of the words that Affidavit knows.",
    "Use recommended, supported, discouraged, broken, removed or unknown.",
)

RELEASE_UNKNOWN = error(
    "release-unknown",
    "A stage, a statement, or `affidavit_release` names a release that is not in `affidavit_releases`.",
    "Add the release to the setting, or correct the name.",
)

RELEASE_MISSING = error(
    "release-missing",
    "The site has cards, but its settings do not say which release it documents.",
    "Set `affidavit_releases` and `affidavit_release` in conf.py.",
)

RELEASE_UNCOVERED = error(
    "release-uncovered",
    "No stage of a card covers the release that the site documents.",
    "Add a stage for it, or leave the last stage open (`a..`).",
)

STAGE_OVERLAP = error(
    "stage-overlap",
    "Two stages of a card speak of one release.",
    "End the earlier stage before the later one begins: both ends of an interval belong to it.",
)

STAGE_GAP = error(
    "stage-gap",
    "Between two stages of a card there are releases that none of them covers.",
    "Extend a stage, or add one with the status `unknown`.",
)

STAGE_REVERSED = error(
    "stage-reversed",
    "A stage ends before it begins.",
    "Write the older release first.",
)

METHOD_UNKNOWN = error(
    "method-unknown",
    "An example sets up a deployment method, or a statement names one, that no card declares.",
    "Correct the name, or write the card.",
)

VARIANT_UNKNOWN = error(
    "variant-unknown",
    "A `fails`, or a statement, names a variant of a method, and none of the examples that set it up has it.",
    "Correct the name, or add a setup of that variant.",
)

FEATURE_FAILS = error(
    "feature-fails",
    "A run showed that a feature fails, and its card does not say so.",
    "Declare it with `fails`, or correct the example.",
)

FAILURE_GONE = error(
    "failure-gone",
    "A card declares that a feature fails, and a run showed that it works.",
    "Remove the `fails`, or end its stage before the release that the run was on.",
)

FAILURE_DIFFERS = error(
    "failure-differs",
    "A card declares how a feature fails, and a run showed that it fails in another way.",
    "Correct the `symptom` of the `fails`, or the example.",
)

METHOD_FAILS = error(
    "method-fails",
    "A card declares that a method can be used, and a run showed that it cannot be set up.",
    "Change the status of the stage, or correct the example.",
)

METHOD_THERE = error(
    "method-there",
    "A card declares that a method is removed, and a run showed that it works.",
    "Change the status of the stage, or end it before the release that the run was on.",
)

METHOD_WORKS = error(
    "method-works",
    "A card declares that a method is broken, and runs showed that everything works that was tried.",
    "Change the status of the stage, or add an example that shows what is broken.",
)
