def compose(*fs):
    def composite(x):
        for f in fs:
            x = f(x)
        return x

    return composite
