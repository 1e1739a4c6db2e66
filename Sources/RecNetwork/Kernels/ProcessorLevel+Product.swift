internal import CRecKernels
internal import RecCompute

extension ProcessorLevel {
    /// The matrix product of a convolution: that of the level's kernels, except that OpenBLAS, which has kernels for
    /// processors that this package has none for, computes it where those are plain C.
    @unsafe
    func multiply(_ product: inout rec_product) {
        if self == .scalar {
            unsafe BLAS.multiply(product)
        } else {
            unsafe kernels.pointee.network.product(&product)
        }
    }
}
