/// The type of the elements of a storage, as PyTorch names it.
struct TorchStorageType: Sendable, Hashable {
    /// The name in PyTorch: "float32", "complex64".
    let name: String
    /// The number of bytes of an element.
    let byteCount: Int
    /// The type, when its numbers can be read.
    let elementType: ElementType?

    private init(_ name: String, _ elementType: ElementType) {
        self.name = name
        byteCount = elementType.byteCount
        self.elementType = elementType
    }

    private init(_ name: String, byteCount: Int) {
        self.name = name
        self.byteCount = byteCount
        elementType = nil
    }

    private static let all: [TorchStorageType] = [
        .init("float16", .float16), .init("bfloat16", .bfloat16), .init("float32", .float32),
        .init("float64", .float64), .init("int8", .int8), .init("int16", .int16), .init("int32", .int32),
        .init("int64", .int64), .init("uint8", .uint8), .init("uint16", .uint16), .init("uint32", .uint32),
        .init("uint64", .uint64), .init("bool", .bool), .init("complex32", byteCount: 4),
        .init("complex64", byteCount: 8), .init("complex128", byteCount: 16), .init("float8_e4m3fn", byteCount: 1),
        .init("float8_e5m2", byteCount: 1), .init("float8_e4m3fnuz", byteCount: 1),
        .init("float8_e5m2fnuz", byteCount: 1), .init("float8_e8m0fnu", byteCount: 1),
        .init("float4_e2m1fn_x2", byteCount: 1), .init("qint8", byteCount: 1), .init("quint8", byteCount: 1),
        .init("qint32", byteCount: 4), .init("quint4x2", byteCount: 1), .init("quint2x4", byteCount: 1),
    ]

    /// By name: `torch.float32`, `torch.float`.
    static let elementTypes: [String: TorchStorageType] = {
        var types = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
        let others = [
            "half": "float16", "float": "float32", "double": "float64", "short": "int16", "int": "int32",
            "long": "int64",
        ]
        for (other, name) in others { types[other] = types[name] }
        return types
    }()

    /// By the name of the storage's class: `torch.FloatStorage`.
    static let storages: [String: TorchStorageType] = {
        let names = [
            "FloatStorage": "float32", "HalfStorage": "float16", "BFloat16Storage": "bfloat16",
            "DoubleStorage": "float64", "CharStorage": "int8", "ShortStorage": "int16", "IntStorage": "int32",
            "LongStorage": "int64", "ByteStorage": "uint8", "BoolStorage": "bool",
            "ComplexFloatStorage": "complex64", "ComplexDoubleStorage": "complex128", "QInt8Storage": "qint8",
            "QUInt8Storage": "quint8", "QInt32Storage": "qint32", "QUInt4x2Storage": "quint4x2",
            "QUInt2x4Storage": "quint2x4",
        ]
        var types = names.compactMapValues { elementTypes[$0] }
        types["UntypedStorage"] = TorchStorageType("untyped", .uint8)
        return types
    }()
}
