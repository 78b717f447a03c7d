"""dezero_lab.grading"""
