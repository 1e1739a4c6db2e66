internal import CRecOpenBLAS

/// Matrix products by OpenBLAS, and its one process-wide setting.
///
/// On x86-64 with AVX2 networks run on kernels of this package and OpenBLAS is not asked. On other processors it
/// computes the matrix products, and starts as many threads as the machine has cores for each. A server that already
/// computes several pictures in parallel tasks wants one:
///
/// ```swift
/// BLAS.setThreadCount(1)  // once, at start-up
/// ```
/// The setting belongs to the whole process, including any other library in it that uses OpenBLAS, so this package
/// never changes it on its own. With one thread a product is computed on the calling thread, and embeddings are the
/// same bytes however many tasks run; with more, the last bits may depend on the number. Builds of OpenBLAS on OpenMP
/// may ignore the call: set `OMP_NUM_THREADS=1` in the environment for those.
public enum BLAS {
    /// Sets how many threads OpenBLAS uses for one product, in the whole process.
    ///
    /// - Precondition: `count` is at least 1.
    public static func setThreadCount(_ count: Int) {
        precondition(count >= 1, "a product needs a thread")
        openblas_set_num_threads(Int32(clamping: count))
    }

    /// How many threads OpenBLAS uses for one product.
    public static var threadCount: Int { Int(openblas_get_num_threads()) }

    /// C = A * B, all row-major.
    ///
    /// - Parameters:
    ///   - a: rows x depth.
    ///   - b: depth x columns.
    ///   - rows: Rows of A and C.
    ///   - columns: Columns of B and C.
    ///   - depth: Columns of A, rows of B.
    ///   - c: Row r of the result starts at `start + r * stride`; all other elements are left alone.
    ///   - start: Where the result starts in `c`.
    ///   - stride: Elements from one row of C to the next, at least `columns`.
    static func multiply(
        _ a: Span<Float>,
        _ b: Span<Float>,
        rows: Int,
        columns: Int,
        depth: Int,
        into c: inout MutableSpan<Float>,
        at start: Int = 0,
        stride: Int
    ) {
        precondition(rows > 0 && columns > 0 && depth > 0 && stride >= columns, "matrix sizes")
        precondition(a.count >= rows * depth && b.count >= depth * columns, "matrix elements")
        precondition(start >= 0 && c.count >= start + (rows - 1) * stride + columns, "matrix elements")
        unsafe a.withUnsafeBufferPointer { a in
            unsafe b.withUnsafeBufferPointer { b in
                unsafe c.withUnsafeMutableBufferPointer { c in
                    guard let target = c.baseAddress else { return }
                    unsafe cblas_sgemm(
                        CblasRowMajor,
                        CblasNoTrans,
                        CblasNoTrans,
                        Int32(rows),
                        Int32(columns),
                        Int32(depth),
                        1,
                        a.baseAddress,
                        Int32(depth),
                        b.baseAddress,
                        Int32(columns),
                        0,
                        target + start,
                        Int32(stride)
                    )
                }
            }
        }
    }

    /// y = A * x, with A row-major, y.count x x.count.
    static func multiply(_ a: Span<Float>, _ x: Span<Float>, into y: inout MutableSpan<Float>) {
        let rows = y.count
        precondition(a.count == rows * x.count, "matrix elements")
        unsafe a.withUnsafeBufferPointer { a in
            unsafe x.withUnsafeBufferPointer { x in
                unsafe y.withUnsafeMutableBufferPointer { y in
                    unsafe cblas_sgemv(
                        CblasRowMajor,
                        CblasNoTrans,
                        Int32(rows),
                        Int32(x.count),
                        1,
                        a.baseAddress,
                        Int32(x.count),
                        x.baseAddress,
                        1,
                        0,
                        y.baseAddress,
                        1
                    )
                }
            }
        }
    }
}
