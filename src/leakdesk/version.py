"""The version, in a file of its own: every chapter may name it."""

__version__ = "0.1.0"
