"""How much of a file the kernel keeps in memory."""
import ctypes
import mmap
import os


def forget(path):
    """Drops the file's pages, as far as nobody maps them."""
    with open(path, "rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def cached_bytes(path):
    """Bytes of the file's pages that are in memory."""
    size = os.path.getsize(path)
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
