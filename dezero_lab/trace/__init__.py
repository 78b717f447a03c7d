"""dezero_lab.trace"""
