"""What one word of running text is, for all who look words up one by one."""

from __future__ import annotations

import re

#: Letters and digits, with hyphens and apostrophes inside: "twenty-five", «п'ять», "T-72".
WORD = re.compile(r"\w+(?:[-’'ʼ]\w+)*")
#: The same of letters only.
WORD_OF_LETTERS = re.compile(r"[^\W\d_]+(?:[-’'ʼ][^\W\d_]+)*")
#: Letters and apostrophes; a hyphen parts two words.
UNHYPHENED = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
