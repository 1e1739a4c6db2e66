internal import RecCore
internal import RecFiles
internal import RecNetwork

extension ONNXReader {
    /// The fields of a tensor's message.
    private struct TensorParts {
        var name = ""
        var dimensions: [Int64] = []
        var kind = 0
        var raw: Range<Int>?
        /// The fields of typed numbers, packed or one by one.
        var typed: [ProtobufField] = []
        var external: [String: String] = [:]
        var isExternal = false
    }

    /// Reads the table entry of a tensor: its name, type, shape and place.
    mutating func tensor(in bytes: RawSpan, _ place: Range<Int>) throws -> (name: String, constant: ONNXConstant) {
        var parts = TensorParts()
        var fields = ProtobufReader(place)
        while let field = try fields.next(in: bytes) {
            switch field.number {
            case 1:
                try field.append(to: &parts.dimensions, in: bytes)
                guard parts.dimensions.count <= ONNXLimits.rank else {
                    throw corrupt("A tensor has more than \(ONNXLimits.rank) dimensions.")
                }
            case 2: parts.kind = Int(clamping: try field.integer)
            case 4, 5, 7, 10, 11:
                try count()
                parts.typed.append(field)
            case 8: parts.name = try field.text(in: bytes)
            case 9: parts.raw = try field.range
            case 13:
                try count()
                let entry = try Self.entry(in: bytes, try field.range)
                parts.external[entry.key] = entry.value
            case 14: parts.isExternal = try field.integer == 1
            default: break
            }
        }
        return (parts.name, try constant(parts, in: bytes))
    }

    /// A tensor that cannot be read, which matters when a node needs it.
    func unreadable(_ reason: String, shape: [Int] = []) -> ONNXConstant {
        ONNXConstant(
            type: TensorType(.uint8, shape),
            content: .unreadable(RecError(.unsupportedWeights, path: file.path, reason))
        )
    }

    private mutating func constant(_ parts: TensorParts, in bytes: RawSpan) throws -> ONNXConstant {
        let shape = parts.dimensions.map { Int($0) }
        guard TensorType(.uint8, shape).isBounded(by: ONNXLimits.storedElementCount), let count = shape.checkedProduct
        else {
            throw corrupt("The tensor '\(parts.name)' has the impossible shape \(shape).")
        }
        guard let elementType = ElementType(onnx: parts.kind) else {
            return unreadable(
                "The tensor '\(parts.name)' has elements of kind \(parts.kind), which are not read; export FLOAT.",
                shape: shape
            )
        }
        let type = TensorType(elementType, shape)
        guard let size = (shape + [elementType.byteCount]).checkedProduct else {
            throw corrupt("The tensor '\(parts.name)' has an impossible shape.")
        }
        if parts.isExternal {
            return try externals.constant(parts.external, name: parts.name, type, byteCount: size, in: self)
        }
        if let raw = parts.raw {
            guard raw.count == size else {
                throw corrupt("The tensor '\(parts.name)' of shape \(shape) has \(raw.count) bytes, not \(size).")
            }
            return ONNXConstant(type: type, content: .mapped(file, offset: raw.lowerBound))
        }
        return try typed(parts.typed, name: parts.name, type, count: count, in: bytes)
    }

    /// A tensor of typed numbers: floats and doubles that lie together stay in the map, integers are decoded.
    private func typed(
        _ fields: [ProtobufField],
        name: String,
        _ type: TensorType,
        count: Int,
        in bytes: RawSpan
    ) throws -> ONNXConstant {
        let elementType = type.elementType
        let wanted =
            switch elementType {
            case .float32: 4
            case .float64: 10
            case .int64: 7
            case .uint32, .uint64: 11
            default: 5
            }
        let fields = fields.filter { $0.number == wanted }
        var numbers: [Int64] = []
        switch elementType {
        case .float32, .float64:
            if fields.count == 1, case .bytes(let range) = fields[0].value, range.count == count * elementType.byteCount
            {
                return ONNXConstant(type: type, content: .mapped(file, offset: range.lowerBound))
            }
            guard elementType == .float32 else {
                return ONNXConstant(Tensor(try checked(try doubles(fields, in: bytes), count, name), type))
            }
            var floats: [Float] = []
            for field in fields { try field.append(to: &floats, in: bytes) }
            return ONNXConstant(Tensor(type: type, elements: .floats(try checked(floats, count, name))))
        default:
            for field in fields { try field.append(to: &numbers, in: bytes) }
        }
        numbers = try checked(numbers, count, name)
        guard elementType.isFloatingPoint else { return ONNXConstant(Tensor(numbers, type)) }
        // The bits of numbers of 16 bits.
        var stored: [UInt8] = []
        for number in numbers {
            stored.append(UInt8(truncatingIfNeeded: number))
            stored.append(UInt8(truncatingIfNeeded: number >> 8))
        }
        return ONNXConstant(Tensor(type: type, elements: .floats(elementType.encoding.floats(in: stored))))
    }

    private func doubles(_ fields: [ProtobufField], in bytes: RawSpan) throws -> [Double] {
        var numbers: [Double] = []
        for field in fields {
            switch field.value {
            case .fixed64(let bits): numbers.append(Double(bitPattern: bits))
            case .bytes(let range):
                guard range.count.isMultiple(of: 8) else { throw corrupt("A tensor ends within a number.") }
                for offset in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
                    numbers.append(Double(bitPattern: bytes.littleEndian(UInt64.self, at: offset) ?? 0))
                }
            default: throw corrupt("A tensor has numbers of another type.")
            }
        }
        return numbers
    }

    private func checked<Number>(_ numbers: [Number], _ count: Int, _ name: String) throws -> [Number] {
        guard numbers.count == count else {
            throw corrupt("The tensor '\(name)' has \(numbers.count) elements where its shape has \(count).")
        }
        return numbers
    }
}
