from fnmatch import fnmatch  # fnmatch("a.py", "*.py") is True


def discovered(names):
    found = []
    for name in names:
        *folders, file = name.split("/")
        packages = ["/".join(folders[: i + 1]) + "/__init__.py" for i in range(len(folders))]
        if fnmatch(file, "test*.py") and all(package in names for package in packages):
            found.append(name)
    return found
