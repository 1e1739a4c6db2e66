"""How much of a file, or of all files of a folder, the kernel keeps in memory."""
import ctypes
import mmap
import os


def files(path):
    """The file itself, or those in a folder."""
    return [part for part in sorted(path.rglob("*")) if part.is_file()] if path.is_dir() else [path]


def forget(path):
    """Drops the pages, as far as nobody maps them."""
    for part in files(path):
        with open(part, "rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def cached_bytes(path):
    """Bytes of the pages that are in memory."""
    return sum(cached_bytes_of_file(part) for part in files(path))


def cached_bytes_of_file(path):
    size = os.path.getsize(path)
    if size == 0:
        return 0
    pages = (size + mmap.PAGESIZE - 1) // mmap.PAGESIZE
    states = (ctypes.c_ubyte * pages)()
    library = ctypes.CDLL(None, use_errno=True)
    with open(path, "r+b") as file, mmap.mmap(file.fileno(), size) as mapped:
        start = ctypes.c_byte.from_buffer(mapped)
        address = ctypes.c_void_p(ctypes.addressof(start))
        failed = library.mincore(address, ctypes.c_size_t(size), states)
        del start
    if failed:
        raise OSError(ctypes.get_errno(), f"mincore of {path}")
    return sum(state & 1 for state in states) * mmap.PAGESIZE
