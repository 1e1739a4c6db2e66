internal import RecCore

/// A group or a data set: its header's messages.
struct HDF5Object {
    /// The file.
    let file: HDF5File
    /// Where the header is; the identity of the object.
    let address: Int
    /// The messages.
    let messages: [HDF5Message]

    /// Whether it is a data set.
    var isDataset: Bool { messages.contains { $0.kind == .layout } }

    /// The body of the only message of a kind, or `nil` when there is none.
    func body(_ kind: HDF5Message.Kind) throws(RecError) -> ByteRegion? {
        guard let message = messages.first(where: { $0.kind == kind }) else { return nil }
        guard !message.isShared else {
            throw file.region.unsupported("It shares HDF5 types between objects, which Keras does not do.")
        }
        return message.body
    }

    /// The texts of an attribute, or `nil` when there is no attribute of that name, or it holds something else.
    func texts(_ name: String) throws(RecError) -> [String]? {
        for attribute in try attributes() where attribute.name == name { return try attribute.texts() }
        return nil
    }

    /// All attributes.
    func attributes() throws(RecError) -> [HDF5Attribute] {
        var attributes: [HDF5Attribute] = []
        for message in messages where message.kind == .attribute && !message.isShared {
            attributes.append(try HDF5Attribute(message.body, in: file))
        }
        guard let info = try body(.attributeInfo) else { return attributes }
        var reader = info.reader(at: 1)
        let flags = try reader.byte()
        try reader.skip(flags & 1 != 0 ? 2 : 0)
        guard let heap = try file.address(&reader), let index = try file.address(&reader) else { return attributes }
        let fractal = try HDF5FractalHeap(at: heap, in: file)
        for record in try HDF5TreeV2.records(at: index, in: file) {
            // A record: identifier in the heap (8), flags, creation order, hash of the name.
            let id = try record.region(at: 0, count: 8, "An HDF5 heap identifier")
            attributes.append(try HDF5Attribute(try fractal.object(id), in: file))
        }
        return attributes
    }
}
