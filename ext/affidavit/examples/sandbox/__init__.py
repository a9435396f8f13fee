"""Running a job where it can do no harm: the sandboxes there are, and what is asked of them from outside."""
