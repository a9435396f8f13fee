"""How fast and how modest the link checks are, beside other tools, on one machine and in one run.

``tox -e bench`` runs it, ``tox -e bench -- --quick`` a small form of it. What was measured is kept in ``results/``.
"""
