#if HEIF
/// What a decoder of HEVC allocates for coded pictures, by their own parameter sets.
struct HEVCPictures {
    /// The largest size in a sequence parameter set.
    private var size = ImageSize(width: 0, height: 0)
    /// The pictures that begin.
    private var count = 0
    /// Whether a picture may refer to others, which a decoder makes up where they are missing.
    private var hasReferences = false
    /// The greatest number of pictures that one may refer to.
    private var referenceCount = 0
    /// The picture parameter sets, each of which has tables of the blocks of a picture.
    private var tableCount = 0

    /// The pictures that a decoder has in memory, with the tables of sixteen parameter sets as one more.
    var pictures: CodedPictures {
        let references = hasReferences ? referenceCount : 0
        return CodedPictures(size: size, count: max(1, count) + references + tableCount / 16)
    }

    /// Reads the units of a `hvcC` box.
    ///
    /// - Returns: The number of bytes in which the sizes of units are given in the data; `nil` when the box is too
    ///   short.
    mutating func readConfiguration(_ box: Span<UInt8>) -> Int? {
        guard box.count >= 23 else { return nil }
        var position = 23
        for _ in 0..<box[22] {
            guard box.count - position >= 3 else { return nil }
            let units = box.uint16(at: position + 1)
            position += 3
            for _ in 0..<units {
                guard box.count - position >= 2, box.count - position - 2 >= box.uint16(at: position) else {
                    return nil
                }
                let end = position + 2 + box.uint16(at: position)
                readUnit(box.extracting(position + 2..<end))
                position = end
            }
        }
        return Int(box[21] & 3) + 1
    }

    /// Reads the units of an item's data, as far as they are whole.
    mutating func readData(_ data: Span<UInt8>, lengthSize: Int) {
        var position = 0
        while data.count - position >= lengthSize {
            var count = 0
            for _ in 0..<lengthSize {
                count = count << 8 | Int(data[position])
                position += 1
            }
            guard count <= data.count - position else { return }
            readUnit(data.extracting(position..<position + count))
            position += count
        }
    }

    /// Reads a unit; those of other layers than the first are not decoded.
    private mutating func readUnit(_ unit: Span<UInt8>) {
        var reader = BitReader(Self.withoutPrevention(unit.extracting(first: 1024)))
        reader.skip(1)
        guard let type = reader.bits(6), let layer = reader.bits(6), layer == 0 else { return }
        reader.skip(3)
        switch type {
        case 0..<32 where reader.flag() == true:
            count += 1
            // Pictures of the types 19 and 20 stand alone.
            if type != 19 && type != 20 { hasReferences = true }
        case 33: readSequence(&reader)
        case 34: tableCount += 1
        default: break
        }
    }

    /// Bytes without those that prevent the start code of a unit.
    private static func withoutPrevention(_ bytes: Span<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var zeros = 0
        for index in bytes.indices {
            let byte = bytes[index]
            if zeros >= 2 && byte == 3 {
                zeros = 0
            } else {
                result.append(byte)
                zeros = byte == 0 ? zeros + 1 : 0
            }
        }
        return result
    }

    /// Reads a sequence parameter set (ITU-T H.265, 7.3.2.2).
    private mutating func readSequence(_ reader: inout BitReader) {
        reader.skip(4)
        guard let subLayers = reader.bits(3) else { return }
        reader.skip(1)
        Self.skipProfile(&reader, subLayers: subLayers)
        guard reader.golomb() != nil, let chroma = reader.golomb() else { return }
        if chroma == 3 { reader.skip(1) }
        guard let width = reader.golomb(), let height = reader.golomb() else { return }
        let other = ImageSize(width: min(width, 1 << 24), height: min(height, 1 << 24))
        if other.width * other.height > size.width * size.height { size = other }
        referenceCount = max(referenceCount, Self.references(&reader, subLayers: subLayers))
    }

    /// Passes over the profile, tier and level.
    private static func skipProfile(_ reader: inout BitReader, subLayers: Int) {
        reader.skip(96)
        guard subLayers > 0 else { return }
        var count = 0
        for index in 0..<8 {
            let hasProfile = reader.flag() == true
            let hasLevel = reader.flag() == true
            if index < subLayers { count += (hasProfile ? 88 : 0) + (hasLevel ? 8 : 0) }
        }
        reader.skip(count)
    }

    /// The greatest number of pictures that a slice can refer to, from the end of the size on.
    private static func references(_ reader: inout BitReader, subLayers: Int) -> Int {
        // With sets of references, or with lists of scaling factors before these.
        let unknown = 48
        if reader.flag() == true { for _ in 0..<4 { _ = reader.golomb() } }
        // The depths of luma and chroma, and the length of picture numbers.
        for _ in 0..<3 { _ = reader.golomb() }
        var buffered = 0
        for _ in 0..<(reader.flag() == true ? subLayers + 1 : 1) {
            guard let count = reader.golomb(), count < 16, reader.golomb() != nil, reader.golomb() != nil else {
                return unknown
            }
            buffered = count + 1
        }
        // The sizes of blocks.
        for _ in 0..<6 { _ = reader.golomb() }
        guard reader.flag() == false else { return unknown }
        reader.skip(2)
        if reader.flag() == true {
            reader.skip(8)
            _ = (reader.golomb(), reader.golomb())
            reader.skip(1)
        }
        guard reader.golomb() == 0, reader.flag() == false else { return unknown }
        return buffered
    }
}
#endif
