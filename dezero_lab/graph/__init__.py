"""dezero_lab.graph"""
