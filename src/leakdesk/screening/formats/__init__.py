"""One file a format: `looks(file)` says whether a file is of it, `read(files)` yields what it holds, piece by piece."""
