"""The constants of the method in force. A change of any of them is a new version (see docs/method.md)."""

HALF_LIFE = 90.0
"""Days after which an answer counts half."""
RHO = 0.37
"""How alike one worker's repeated answers to a question are (guides: A2.4)."""
RHO_C = 0.27
"""How alike one worker's answers to different questions are (A2.5)."""
PRIOR_ANSWERS = 10.0
"""How many answers' worth of the pooled variance a factory borrows."""
Z = 1.96
"""Half the width of a likely range, in standard errors."""
WEEKS_BEFORE = 8
WEEKS_AFTER = 13
"""The stretches compared around an action."""
LEAST_SHARE = 0.5
"""The share of a theme's questions, or of the themes, that a drawn point must rest on."""
