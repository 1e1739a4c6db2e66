internal import RecCore

/// Reads the table entry of a data set: shape, type and where its elements lie.
enum HDF5Dataset {
    /// The tensor that a data set is, or `nil` when its elements are texts.
    ///
    /// Throws `unsupportedWeights` when the elements cannot be read. Opaque elements of two bytes are bfloat16 if the
    /// attribute `dtype` says so, or if it is missing and `isListed`: files that list their layers have no such
    /// attribute.
    static func tensor(_ object: HDF5Object, name: String, isListed: Bool) throws(RecError) -> StoredTensor? {
        let region = object.file.region
        guard let type = try object.body(.datatype), let space = try object.body(.dataspace),
            let layout = try object.body(.layout)
        else { throw region.corrupt("The data set '\(name)' has no type, shape or layout") }
        let elementType: ElementType
        switch try HDF5Datatype(type) {
        case .number(let number): elementType = number
        case .opaque(let byteCount):
            let stated = try object.texts("dtype")?.first
            guard byteCount == 2, stated == "bfloat16" || (stated == nil && isListed) else {
                let kind = stated.map { "of type \($0.prefix(40))" } ?? "of \(byteCount) bytes without a type"
                throw region.unsupported("The data set '\(name)' has values \(kind); save it as float32.")
            }
            elementType = .bfloat16
        case .other("big-endian numbers"):
            throw region.unsupported("The data set '\(name)' is big-endian; save it again on a little-endian machine.")
        case .other(let kind): throw region.unsupported("The data set '\(name)' holds \(kind), not numbers.")
        case .text, .variableText: return nil
        }
        let shape = try HDF5Dataspace.shape(space, in: object.file)
        guard shape.count <= 16, let byteCount = (shape + [elementType.byteCount]).checkedProduct else {
            throw region.corrupt("The data set '\(name)' has an impossible shape")
        }
        guard try object.body(.externalFiles) == nil else {
            throw region.unsupported("The data set '\(name)' is stored in other files.")
        }
        var reader = layout.reader()
        let version = try reader.byte()
        guard (3...5).contains(version) else {
            throw region.unsupported("The data set '\(name)' has a layout of version \(version).")
        }
        let kind = try reader.byte()
        if byteCount == 0 { return StoredTensor(shape: shape, elementType: elementType, layout: .zeros) }
        let stored: StoredTensor.Layout
        switch kind {
        case 0:
            let data = try reader.region(Int(try reader.integer(UInt16.self)), "The data set '\(name)'")
            stored = .contiguous(offset: try data.region(at: 0, count: byteCount, "The data set '\(name)'").start)
        case 1:
            if let address = try object.file.address(&reader) {
                let data = try region.region(at: address, count: byteCount, "The data set '\(name)'")
                stored = .contiguous(offset: data.start)
            } else {
                stored = try unwritten(object, name: name, byteCount: byteCount)
            }
        case 2:
            let chunks = try HDF5ChunkIndex.chunks(
                of: object,
                layout: &reader,
                version: version,
                shape: shape,
                elementType: elementType,
                name: name
            )
            if let chunks {
                stored = .chunked(chunks)
            } else {
                stored = try unwritten(object, name: name, byteCount: byteCount)
            }
        default:
            throw region.unsupported("The data set '\(name)' is a view of others.")
        }
        return StoredTensor(shape: shape, elementType: elementType, layout: stored)
    }

    /// The layout of a data set that was made but never written, which reads as zeros.
    private static func unwritten(
        _ object: HDF5Object,
        name: String,
        byteCount: Int
    ) throws(RecError) -> StoredTensor.Layout {
        guard byteCount <= object.file.region.count else {
            throw object.file.region.corrupt("The data set '\(name)' has no elements, though its shape asks for them")
        }
        return .zeros
    }
}
