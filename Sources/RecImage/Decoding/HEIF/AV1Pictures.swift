#if HEIF
import RecFiles

/// What a decoder of AV1 allocates for coded pictures, by their own sequence headers.
struct AV1Pictures {
    /// The size and what has to be known to read the beginning of a frame's header.
    private struct Sequence {
        var size = ImageSize(width: 0, height: 0)
        /// The size that the fields of a frame's own size can hold.
        var greatestSize = ImageSize(width: 0, height: 0)
        var isReduced = false
        var timeLength = 0
        var screenContentTools = 2
        var integerVectors = 2
        var identifierLength = 0
    }

    private var sequence: Sequence?
    private var size = ImageSize(width: 0, height: 0)
    private var count = 0

    /// The pictures that a decoder has in memory: it keeps those that others may refer to.
    var pictures: CodedPictures { CodedPictures(size: size, count: max(1, count)) }

    /// Reads the units of an `av1C` box or of an item's data.
    ///
    /// - Returns: Whether they end where the bytes do.
    mutating func read(_ data: Span<UInt8>) -> Bool {
        var position = 0
        while position < data.count {
            let header = data[position]
            position += header & 4 == 0 ? 1 : 2
            guard header & 0x80 == 0, position <= data.count else { return false }
            var count = data.count - position
            if header & 2 != 0 {
                guard let number = Self.number(data, &position), number <= data.count - position else { return false }
                count = number
            }
            var reader = BitReader(data.extracting(position..<position + count).extracting(first: 1024).array)
            switch header >> 3 & 15 {
            case 1: readSequence(&reader)
            case 3, 6, 7: readFrame(&reader)
            default: break
            }
            position += count
            if header & 2 == 0 { return false }
        }
        return true
    }

    /// Reads a number in the code `leb128()`.
    private static func number(_ data: Span<UInt8>, _ position: inout Int) -> Int? {
        var value = 0
        for index in 0..<8 {
            guard position < data.count else { return nil }
            let byte = Int(data[position])
            position += 1
            value |= (byte & 0x7F) << (7 * index)
            if byte & 0x80 == 0 { return value }
        }
        return nil
    }

    private mutating func readSequence(_ reader: inout BitReader) {
        guard let read = Self.sequence(&reader) else { return }
        sequence = read
        enlarge(to: read.size)
    }

    private mutating func enlarge(to other: ImageSize) {
        if other.width * other.height > size.width * size.height { size = other }
    }

    /// Reads a sequence header (AV1 specification, 5.5).
    private static func sequence(_ reader: inout BitReader) -> Sequence? {
        var result = Sequence()
        reader.skip(4)
        guard let isReduced = reader.flag() else { return nil }
        result.isReduced = isReduced
        if isReduced {
            reader.skip(5)
        } else {
            guard let timeLength = skipOperatingPoints(&reader) else { return nil }
            result.timeLength = timeLength
        }
        guard let widthLength = reader.bits(4), let heightLength = reader.bits(4),
            let width = reader.bits(widthLength + 1), let height = reader.bits(heightLength + 1)
        else { return nil }
        result.size = ImageSize(width: width + 1, height: height + 1)
        result.greatestSize = ImageSize(width: 2 << widthLength, height: 2 << heightLength)
        if isReduced { return result }
        if reader.flag() == true {
            guard let delta = reader.bits(4), let additional = reader.bits(3) else { return nil }
            result.identifierLength = delta + additional + 3
        }
        // The size of blocks, filters, kinds of prediction.
        reader.skip(7)
        guard let hasOrder = reader.flag() else { return nil }
        if hasOrder { reader.skip(2) }
        if reader.flag() == false { result.screenContentTools = reader.bits(1) ?? 0 }
        if result.screenContentTools > 0, reader.flag() == false { result.integerVectors = reader.bits(1) ?? 0 }
        return result
    }

    /// Passes over the times and operating points of a sequence header.
    ///
    /// - Returns: The number of bits of a time in the headers of frames, 0 when they have none.
    private static func skipOperatingPoints(_ reader: inout BitReader) -> Int? {
        var timeLength = 0
        var delayLength: Int?
        if reader.flag() == true {
            reader.skip(64)
            let isEqual = reader.flag() == true
            if isEqual { _ = reader.golomb() }
            if reader.flag() == true {
                delayLength = reader.bits(5).map { $0 + 1 }
                reader.skip(37)
                guard let length = reader.bits(5) else { return nil }
                if !isEqual { timeLength = length + 1 }
            }
        }
        guard let hasDelay = reader.flag(), let last = reader.bits(5) else { return nil }
        for _ in 0...last {
            reader.skip(12)
            guard let level = reader.bits(5) else { return nil }
            if level > 7 { reader.skip(1) }
            if let delayLength, reader.flag() == true { reader.skip(2 * delayLength + 1) }
            if hasDelay, reader.flag() == true { reader.skip(4) }
        }
        return timeLength
    }

    /// Reads the header of a frame up to where it says that it has a size of its own (AV1 specification, 5.9.2).
    private mutating func readFrame(_ reader: inout BitReader) {
        guard let sequence else { return }
        if sequence.isReduced {
            count += 1
            return
        }
        // A picture that is shown again takes no memory.
        guard reader.flag() == false, let type = reader.bits(2), let isShown = reader.flag() else { return }
        count += 1
        if isShown { reader.skip(sequence.timeLength) } else { reader.skip(1) }
        if !(type == 3 || type == 0 && isShown) { reader.skip(1) }
        reader.skip(1)
        let usesTools = sequence.screenContentTools == 2 ? reader.flag() == true : sequence.screenContentTools == 1
        if usesTools, sequence.integerVectors == 2 { reader.skip(1) }
        reader.skip(sequence.identifierLength)
        if type == 3 || reader.flag() != false { enlarge(to: sequence.greatestSize) }
    }
}
#endif
