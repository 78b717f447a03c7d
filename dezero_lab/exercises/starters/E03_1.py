def compose(*fs):
    ...  # your turn
