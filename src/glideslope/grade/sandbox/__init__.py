"""The sandbox: a child process that may compute and answer, and nothing else.

`zygote` forks clean children, `confine` shuts the doors behind each, `seccomp` builds the list of what stays open,
`probe` finds out which mode this machine allows, `runner` is the judge's end of the line.
What is and is not promised stands in docs/grading.md.
"""
