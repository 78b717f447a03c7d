"""dezero_lab.exercises"""
