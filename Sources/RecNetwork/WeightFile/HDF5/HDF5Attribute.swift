internal import RecCore

/// An attribute of a group or data set.
struct HDF5Attribute {
    /// The name.
    let name: String

    private let file: HDF5File
    private let datatype: HDF5Datatype
    private let shape: [Int]
    private let data: ByteRegion

    /// Reads the body of an attribute message of version 1, 2 or 3.
    init(_ body: ByteRegion, in file: HDF5File) throws(RecError) {
        try file.spend()
        self.file = file
        var reader = body.reader()
        let version = try reader.byte()
        guard (1...3).contains(version) else {
            throw body.unsupported("It has an HDF5 attribute of version \(version).")
        }
        guard try reader.byte() == 0 || version == 1 else {
            throw body.unsupported("It shares HDF5 types between attributes, which Keras does not do.")
        }
        let nameSize = Int(try reader.integer(UInt16.self))
        let typeSize = Int(try reader.integer(UInt16.self))
        let spaceSize = Int(try reader.integer(UInt16.self))
        try reader.skip(version == 3 ? 1 : 0)
        // Version 1 pads each part to a multiple of 8 bytes.
        func padding(_ size: Int) -> Int { version == 1 ? -size & 7 : 0 }
        name = String(decoding: try reader.bytes(nameSize).prefix { $0 != 0 }, as: UTF8.self)
        try reader.skip(padding(nameSize))
        datatype = try HDF5Datatype(try reader.region(typeSize, "An HDF5 type"))
        try reader.skip(padding(typeSize))
        shape = try HDF5Dataspace.shape(try reader.region(spaceSize, "An HDF5 shape"), in: file)
        try reader.skip(padding(spaceSize))
        data = try reader.region(reader.remaining, "An HDF5 attribute")
    }

    /// The elements as texts, or `nil` when they are something else; none when the attribute is empty.
    func texts() throws(RecError) -> [String]? {
        guard let count = shape.checkedProduct else { throw data.corrupt("The attribute '\(name)' is damaged") }
        // h5py writes an empty list as an array of no floats.
        if count == 0 { return [] }
        var reader = data.reader()
        var texts: [String] = []
        switch datatype {
        case .text(let size):
            guard size > 0, count <= data.count / size else {
                throw data.corrupt("The attribute '\(name)' is cut off")
            }
            for _ in 0..<count {
                texts.append(String(decoding: try reader.bytes(size).prefix { $0 != 0 }, as: UTF8.self))
            }
        case .variableText:
            guard count <= data.count / (8 + file.offsetSize) else {
                throw data.corrupt("The attribute '\(name)' is cut off")
            }
            for _ in 0..<count {
                let size = Int(try reader.integer(UInt32.self))
                let address = try file.address(&reader)
                let index = Int(try reader.integer(UInt32.self))
                guard size > 0, let address else {
                    texts.append("")
                    continue
                }
                try file.spend(1 + size / 16)
                let object = try file.globalHeapObject(at: address, index: index)
                var text = object.reader()
                texts.append(String(decoding: try text.bytes(size).prefix { $0 != 0 }, as: UTF8.self))
            }
        case .number, .opaque, .other:
            return nil
        }
        return texts
    }
}
