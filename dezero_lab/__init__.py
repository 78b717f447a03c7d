"""dezero_lab: learn how a deep-learning framework works by building one."""

__version__ = "0.1.0"
