internal import RecCore
package import RecFiles

/// A dense block as small codes with proven error bounds, list by list, to find candidates.
///
/// A vector x is encoded in orthonormal directions v of greatest variance, in chunks of 64:
///
///     y_j = <v_j, x - mean>,   code_j = round(y_j / step of the chunk),   offset = <mean, x>
///
/// The first chunks, the head, are scanned for all rows. The others, the middle, are read for rows that the head does
/// not decide, and the exact vectors for rows that the middle does not decide. With q split in the same way, the
/// Cauchy-Schwarz inequality bounds the error of the codes by the norms outside the chunks (`tails`, `middleTails`) and
/// those of the codes' rounding errors (`errors`). ``CodeArrays`` lists the stored arrays.
///
/// Rows lie in lists of neighbours, each padded to whole blocks of 16 slots. Rows that lack the block are in no list.
@dynamicMemberLookup
package struct ProductCodes: Sendable {
    /// The row number of an unused slot.
    package static let noRow = UInt32.max

    /// The sizes.
    package let shape: CodeShape

    /// The numbers.
    package let arrays: CodeArrays

    /// The greatest norm of a decoded head.
    package let headNorm: Float

    /// The origin of mean and directions.
    var origin = CodeOrigin()

    /// Checks middle codes before they are used; `nil` when all are verified.
    var checks: FirstUseChecks?

    /// - Precondition: All arrays have the sizes of the shape.
    init(_ shape: CodeShape, _ arrays: CodeArrays, headNorm: Float) {
        precondition(arrays.misfit(shape) == nil, "arrays of the shape")
        self.shape = shape
        self.arrays = arrays
        self.headNorm = headNorm
    }

    /// One of the arrays.
    @inline(__always)
    package subscript<Number>(dynamicMember path: KeyPath<CodeArrays, NumberArray<Number>>) -> NumberArray<Number> {
        arrays[keyPath: path]
    }

    /// One of the sizes.
    @inline(__always)
    package subscript(dynamicMember path: KeyPath<CodeShape, Int>) -> Int { shape[keyPath: path] }
}

extension ProductCodes {
    /// Checks the middle codes of some slots, unless they were checked before.
    ///
    /// - Throws: `RecError` with code `corrupt`.
    func check(_ slots: some Sequence<Int>) throws(RecError) {
        try checks?.check(slots, "codes in slot") { middleChecksum(of: $0) }
    }

    /// The checksum of the middle codes of a slot, followed by its middle tails.
    func middleChecksum(of slot: Int) -> UInt32 {
        var checksum = CRC32C()
        let (codes, tails) = (shape.middleCount, shape.middleChunks)
        arrays.middle.withBytes(slot * codes..<(slot + 1) * codes) { checksum.update($0) }
        arrays.middleTails.withBytes(slot * tails..<(slot + 1) * tails) { checksum.update($0) }
        return checksum.value
    }
}
