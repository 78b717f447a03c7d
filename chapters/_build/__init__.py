"""The parts of chapters/build.py: read a source, write notebooks, take out engines, refuse mistakes."""
