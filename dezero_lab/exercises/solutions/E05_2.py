def mults(shapes, order):
    total = 0
    if order == "from_output":
        rows = shapes[-1][0]
        for middle, columns in reversed(shapes[:-1]):
            total += rows * middle * columns
    else:
        columns = shapes[0][1]
        for rows, middle in shapes[1:]:
            total += rows * middle * columns
    return total
