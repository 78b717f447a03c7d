class Variable:
    pass  # your turn
