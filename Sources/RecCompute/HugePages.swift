#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Memory on large pages where the system has such: kernels write to a hundred places at once, more than the processor
/// has translations of small pages for.
package enum HugePages {
    private static let size = 1 << 21

    /// Allocates memory on a cache line's boundary at least, to be freed with `deallocate()`.
    package static func allocate(byteCount: Int) -> UnsafeMutableRawPointer {
        guard byteCount >= size else {
            return UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 64)
        }
        let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: size)
        #if os(Linux)
        _ = unsafe madvise(memory, byteCount, MADV_HUGEPAGE)
        #endif
        return unsafe memory
    }
}
