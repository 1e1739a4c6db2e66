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

    /// By name: `torch.float32`.
    static let elementTypes: [String: TorchStorageType] = [
        "float16": .init("float16", .float16), "half": .init("float16", .float16),
        "bfloat16": .init("bfloat16", .bfloat16), "float32": .init("float32", .float32),
        "float": .init("float32", .float32), "float64": .init("float64", .float64),
        "double": .init("float64", .float64), "int8": .init("int8", .int8), "int16": .init("int16", .int16),
        "short": .init("int16", .int16), "int32": .init("int32", .int32), "int": .init("int32", .int32),
        "int64": .init("int64", .int64), "long": .init("int64", .int64), "uint8": .init("uint8", .uint8),
        "uint16": .init("uint16", .uint16), "uint32": .init("uint32", .uint32), "uint64": .init("uint64", .uint64),
        "bool": .init("bool", .bool), "complex32": .init("complex32", byteCount: 4),
        "complex64": .init("complex64", byteCount: 8), "complex128": .init("complex128", byteCount: 16),
        "float8_e4m3fn": .init("float8_e4m3fn", byteCount: 1), "float8_e5m2": .init("float8_e5m2", byteCount: 1),
        "float8_e4m3fnuz": .init("float8_e4m3fnuz", byteCount: 1),
        "float8_e5m2fnuz": .init("float8_e5m2fnuz", byteCount: 1),
        "float8_e8m0fnu": .init("float8_e8m0fnu", byteCount: 1),
        "float4_e2m1fn_x2": .init("float4_e2m1fn_x2", byteCount: 1), "qint8": .init("qint8", byteCount: 1),
        "quint8": .init("quint8", byteCount: 1), "qint32": .init("qint32", byteCount: 4),
        "quint4x2": .init("quint4x2", byteCount: 1), "quint2x4": .init("quint2x4", byteCount: 1),
    ]

    /// By the name of the storage's class: `torch.FloatStorage`.
    static let storages: [String: TorchStorageType] = [
        "FloatStorage": .init("float32", .float32), "HalfStorage": .init("float16", .float16),
        "BFloat16Storage": .init("bfloat16", .bfloat16), "DoubleStorage": .init("float64", .float64),
        "CharStorage": .init("int8", .int8), "ShortStorage": .init("int16", .int16),
        "IntStorage": .init("int32", .int32), "LongStorage": .init("int64", .int64),
        "ByteStorage": .init("uint8", .uint8), "BoolStorage": .init("bool", .bool),
        "UntypedStorage": .init("untyped", .uint8), "ComplexFloatStorage": .init("complex64", byteCount: 8),
        "ComplexDoubleStorage": .init("complex128", byteCount: 16), "QInt8Storage": .init("qint8", byteCount: 1),
        "QUInt8Storage": .init("quint8", byteCount: 1), "QInt32Storage": .init("qint32", byteCount: 4),
        "QUInt4x2Storage": .init("quint4x2", byteCount: 1), "QUInt2x4Storage": .init("quint2x4", byteCount: 1),
    ]
}
