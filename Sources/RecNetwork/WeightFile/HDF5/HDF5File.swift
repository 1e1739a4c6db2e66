internal import RecCore

/// Reads the subset of HDF5 that Keras and h5py write.
///
/// Source: HDF5 File Format Specification 3.0.
///
/// Addresses in a file may form cycles and share parts; every structure that is read is paid for out of a budget in
/// proportion to the file, so that reading ends soon whatever the addresses say.
final class HDF5File {
    /// The HDF5 file, which may be a part of another.
    let region: ByteRegion
    /// The size of addresses in bytes.
    let offsetSize: Int
    /// The size of lengths in bytes.
    let lengthSize: Int
    /// The address of the root group's header.
    private(set) var rootAddress = 0

    private var budget: Int
    private var heaps: [Int: [Int: ByteRegion]] = [:]

    private static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]

    /// Whether a file starts like HDF5.
    static func recognizes(_ file: ByteRegion) -> Bool { file.matches(signature) }

    /// Reads the superblock.
    init(_ region: ByteRegion) throws(RecError) {
        self.region = region
        budget = 100_000 + region.count / 16
        guard Self.recognizes(region) else { throw region.corrupt("It does not start like an HDF5 file") }
        var reader = region.reader(at: 8)
        let version = try reader.byte()
        guard version <= 3 else { throw region.unsupported("Its HDF5 superblock is of version \(version).") }
        if version < 2 { try reader.skip(4) }
        offsetSize = Int(try reader.byte())
        lengthSize = Int(try reader.byte())
        guard [4, 8].contains(offsetSize), [4, 8].contains(lengthSize) else {
            throw region.unsupported("Its HDF5 addresses have \(offsetSize) bytes.")
        }
        // Versions 0 and 1: reserved byte, two sizes of tree nodes, flags; version 1 has one more size.
        try reader.skip(version < 2 ? (version == 0 ? 9 : 13) : 1)
        guard try reader.unsigned(byteCount: offsetSize) == 0 else {
            throw region.unsupported("It is an HDF5 file within a larger one.")
        }
        _ = try address(&reader)
        let end = try reader.unsigned(byteCount: offsetSize)
        guard end <= region.count else {
            throw region.corrupt("It has \(region.count) of its \(end) bytes: the file is cut off")
        }
        if version < 2 { try reader.skip(2 * offsetSize) }
        guard let root = try address(&reader) else { throw region.corrupt("It has no root group") }
        rootAddress = root
    }

    /// The root group.
    func root() throws(RecError) -> HDF5Object { try object(at: rootAddress) }

    /// The object whose header is at an address.
    func object(at address: Int) throws(RecError) -> HDF5Object {
        HDF5Object(file: self, address: address, messages: try HDF5ObjectHeader.messages(at: address, in: self))
    }

    /// Pays for reading something.
    func spend(_ amount: Int = 1) throws(RecError) {
        budget -= amount
        guard budget >= 0 else { throw region.corrupt("Its HDF5 structures go in circles") }
    }

    /// Reads an address; `nil` when it is the undefined one.
    func address(_ reader: inout RegionReader) throws(RecError) -> Int? {
        if offsetSize == 4 {
            let value = try reader.integer(UInt32.self)
            return value == .max ? nil : Int(value)
        }
        let value = try reader.integer(UInt64.self)
        if value == .max { return nil }
        guard let address = Int(exactly: value), address < region.count else {
            throw region.corrupt("An HDF5 address lies outside of the file")
        }
        return address
    }

    /// Reads a length.
    func length(_ reader: inout RegionReader) throws(RecError) -> Int {
        try reader.unsigned(byteCount: lengthSize)
    }

    /// A cursor behind the signature of a structure.
    func reader(at address: Int, signature: String) throws(RecError) -> RegionReader {
        try spend()
        guard region.matches(signature, at: address) else {
            throw region.corrupt("An HDF5 structure '\(signature)' is missing at byte \(address)")
        }
        return region.reader(at: address + signature.utf8.count)
    }

    /// An object of a global heap.
    func globalHeapObject(at address: Int, index: Int) throws(RecError) -> ByteRegion {
        if let heap = heaps[address] {
            guard let object = heap[index] else { throw region.corrupt("A text is missing in an HDF5 heap") }
            return object
        }
        var start = try reader(at: address, signature: "GCOL")
        try start.skip(4)
        let size = try length(&start)
        let headerSize = 8 + lengthSize
        guard size >= headerSize else { throw region.corrupt("An HDF5 heap is damaged") }
        var reader = try region.region(at: address, count: size, "An HDF5 heap").reader(at: headerSize)
        var heap: [Int: ByteRegion] = [:]
        while reader.remaining >= headerSize {
            try spend()
            let index = Int(try reader.integer(UInt16.self))
            // Object 0 is the free space at the end.
            if index == 0 { break }
            try reader.skip(6)
            let size = try length(&reader)
            heap[index] = try reader.region(size, "An object of an HDF5 heap")
            try reader.skip(min(-size & 7, reader.remaining))
        }
        heaps[address] = heap
        return try globalHeapObject(at: address, index: index)
    }
}
