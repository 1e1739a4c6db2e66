internal import CRecKernels
internal import CRecOpenBLAS
internal import RecCompute

/// Matrix products by OpenBLAS, and its one process-wide setting.
///
/// On x86-64 with AVX2 all of a network runs on kernels of this package. On other processors, and if `REC_CPU` is
/// `scalar`, OpenBLAS computes the large products of convolutions, and starts as many threads as the machine has cores
/// for each. In a server that already computes several pictures in parallel tasks, set one thread:
///
/// ```swift
/// BLAS.setThreadCount(1)  // once, at start-up
/// ```
/// The setting belongs to the whole process, including any other library in it that uses OpenBLAS, so this package
/// never changes it automatically. With one thread a product is computed on the calling thread, and embeddings are the
/// same bytes for any number of tasks; with more, the last bits may depend on the number. Builds of OpenBLAS on OpenMP
/// may ignore the call: set `OMP_NUM_THREADS=1` in the environment for those.
public enum BLAS {
    /// Sets the number of threads that OpenBLAS uses for one product, in the whole process.
    ///
    /// - Precondition: `count` is at least 1.
    public static func setThreadCount(_ count: Int) {
        precondition(count >= 1, "a product needs a thread")
        openblas_set_num_threads(Int32(clamping: count))
    }

    /// Whether its product is expected to be faster than that of our kernels in plain C: when gathering the inputs and
    /// finishing the sums take little of the time.
    static func isFaster(depth: Int, planes: Int) -> Bool { depth >= 192 && planes >= 64 }

    /// Pixels whose inputs are gathered for one product.
    private static let most = 192

    /// Computes a product as the kernels do, up to rounding, from weights in one panel.
    ///
    /// The pixels of a row are taken in strips of one length, the last filled up with zeros, so that a pixel's sums do
    /// not depend on how many others there are.
    @unsafe
    static func multiply(_ product: rec_product) {
        let depth = unsafe product.offset_count * product.run
        let width = unsafe product.blocks * BlockedShape.lanes
        let strip = unsafe min((product.pixels + 15) / 16 * 16, most)
        unsafe withUnsafeTemporaryAllocation(of: Float.self, capacity: strip * (depth + width)) { memory in
            guard let inputs = memory.baseAddress else { return }
            let sums = unsafe inputs + strip * depth
            for row in unsafe 0..<product.rows {
                for first in unsafe stride(from: 0, to: product.pixels, by: strip) {
                    let pixels = unsafe first..<min(first + strip, product.pixels)
                    unsafe gather(product, row: row, pixels, into: inputs)
                    let rest = strip - pixels.count
                    unsafe (inputs + pixels.count * depth).update(repeating: 0, count: rest * depth)
                    unsafe cblas_sgemm(
                        CblasRowMajor,
                        CblasNoTrans,
                        CblasNoTrans,
                        Int32(strip),
                        Int32(width),
                        Int32(depth),
                        1,
                        inputs,
                        Int32(depth),
                        product.weights,
                        Int32(width),
                        0,
                        sums,
                        Int32(width)
                    )
                    unsafe finish(product, row: row, pixels, sums)
                }
            }
        }
    }

    /// Gathers the inputs of some pixels of a row, one pixel after the other.
    @unsafe
    private static func gather(
        _ product: rec_product,
        row: Int,
        _ pixels: Range<Int>,
        into target: UnsafeMutablePointer<Float>
    ) {
        var target = unsafe target
        for pixel in pixels {
            let source = unsafe product.input + row * product.row_pitch + pixel * product.pixel_pitch
            for index in unsafe 0..<product.offset_count {
                unsafe target.update(from: source + product.offsets[index], count: product.run)
                unsafe target += product.run
            }
        }
    }

    /// Finishes the sums of some pixels and stores them.
    @unsafe
    private static func finish(
        _ product: rec_product,
        row: Int,
        _ pixels: Range<Int>,
        _ sums: UnsafePointer<Float>
    ) {
        let lanes = BlockedShape.lanes
        let affine = unsafe ProcessorLevel.scalar.kernels.pointee.network.affine
        for block in unsafe 0..<product.blocks {
            var finish = unsafe product.finish
            unsafe finish.bias = product.finish.bias.map { unsafe $0 + block * lanes }
            for pixel in pixels {
                let place =
                    unsafe block * product.output_block_pitch + row * product.output_row_pitch
                    + pixel * product.output_pixel_pitch
                unsafe finish.residual = product.finish.residual.map { unsafe $0 + place }
                let from = unsafe sums + ((pixel - pixels.lowerBound) * product.blocks + block) * lanes
                unsafe affine?(from, 1, nil, &finish, product.output + place)
            }
        }
    }
}
