/// Tells models that are protocol buffers apart by their first fields.
enum ProtocolBuffer {
    /// The kind of model whose message begins with these bytes; `nil` when there is none that is known.
    static func kind(_ start: [UInt8], fileSize: Int) -> ForeignKind? {
        guard start.count > 4 else { return nil }
        return switch start[0] {
        case 0x08: versioned(start, fileSize: fileSize)
        case 0x0A: unversioned(start)
        default: nil
        }
    }

    /// Field 1 is a version: ONNX goes on with short texts or its graph, a SavedModel with one great message, Core ML
    /// with a description.
    private static func versioned(_ start: [UInt8], fileSize: Int) -> ForeignKind? {
        guard (1...20).contains(start[1]) else { return nil }
        switch start[2] {
        case 0x1A, 0x22, 0x2A, 0x32, 0x3A, 0x42: return .onnx
        case 0x12:
            guard let (length, first) = varint(start, at: 3) else { return nil }
            let inner = start.dropFirst(first).prefix(length)
            if length <= 200, inner.count == length, inner.allSatisfy({ (0x20..<0x7F).contains($0) }) { return .onnx }
            guard start[1] == 1, length > fileSize / 2 else { return inner.first == 0x0A ? .coreML : nil }
            return .savedModel
        default: return nil
        }
    }

    /// Field 1 is a text (the name of a Caffe network) or a message (a node of a TensorFlow graph, a block of Paddle's).
    private static func unversioned(_ start: [UInt8]) -> ForeignKind? {
        guard let (length, first) = varint(start, at: 1), length > 2, first + 2 < start.count else { return nil }
        let inner = start.dropFirst(first).prefix(length)
        if inner.starts(with: [0x08, 0x00, 0x10]) { return .paddle }
        if inner.first == 0x0A, let (nameLength, nameFirst) = varint(start, at: first + 1),
            nameLength < 500, start.dropFirst(nameFirst).prefix(nameLength).allSatisfy({ (0x20..<0x7F).contains($0) }),
            start.dropFirst(nameFirst + nameLength).first == 0x12
        {
            return .tensorFlowGraph
        }
        // Layers of either generation, or the input.
        let next = start.dropFirst(first + length)
        if length < 200, inner.count == length, inner.allSatisfy({ (0x20..<0x7F).contains($0) }),
            next.first == 0x12 || next.starts(with: [0xA2, 0x06]) || next.first == 0x1A
        {
            return .caffe
        }
        return nil
    }

    /// A number of seven bits a byte, and the position behind it.
    private static func varint(_ bytes: [UInt8], at offset: Int) -> (value: Int, next: Int)? {
        var value = 0
        for index in 0..<8 {
            guard offset + index < bytes.count else { return nil }
            value |= Int(bytes[offset + index] & 0x7F) << (7 * index)
            if bytes[offset + index] < 0x80 { return (value, offset + index + 1) }
        }
        return nil
    }
}
