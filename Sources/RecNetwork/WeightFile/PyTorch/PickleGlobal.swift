/// A class or function that a pickle may name, as a tag on data.
///
/// Nothing is ever looked up or called.
enum PickleGlobal: Sendable, Hashable {
    /// `collections.OrderedDict`, `dict`: a dictionary.
    case dictionary
    /// `torch._utils._rebuild_tensor` and `_rebuild_tensor_v2`: a view of a storage.
    case rebuildTensor
    /// `torch._utils._rebuild_parameter`, `torch.nn.parameter.Parameter`: a tensor and more.
    case rebuildParameter
    /// `torch._tensor._rebuild_from_type_v2`: a tensor of a subclass.
    case rebuildFromType
    /// `torch.FloatStorage` and its like.
    case storage(ElementType)
    /// A class whose instances are passed over: `torch.Size`, `torch.device`, `argparse.Namespace`.
    case ignored

    /// The tag for a name, or `nil` when it is not on the allow-list.
    init?(module: String, name: String) {
        switch (module, name) {
        case ("collections", "OrderedDict"), ("collections", "defaultdict"), ("builtins", "dict"),
            ("__builtin__", "dict"):
            self = .dictionary
        case ("torch._utils", "_rebuild_tensor"), ("torch._utils", "_rebuild_tensor_v2"):
            self = .rebuildTensor
        case ("torch._utils", "_rebuild_parameter"), ("torch._utils", "_rebuild_parameter_with_state"),
            ("torch.nn.parameter", "Parameter"), ("torch.nn.parameter", "Buffer"):
            self = .rebuildParameter
        case ("torch._tensor", "_rebuild_from_type_v2"):
            self = .rebuildFromType
        case ("torch", _), ("torch.cuda", _), ("torch.storage", _):
            if let elementType = Self.storages[name] {
                self = .storage(elementType)
            } else if Self.ignoredTorchNames.contains(name) || (module != "torch.storage" && name.hasSuffix("Tensor")) {
                self = .ignored
            } else {
                return nil
            }
        case ("argparse", "Namespace"), ("collections", "Counter"), ("_codecs", "encode"), ("builtins", "set"),
            ("__builtin__", "set"), ("builtins", "frozenset"), ("builtins", "complex"), ("__builtin__", "complex"),
            ("builtins", "bytearray"), ("pathlib", "PosixPath"):
            self = .ignored
        default:
            return nil
        }
    }

    private static let storages: [String: ElementType] = [
        "FloatStorage": .float32, "HalfStorage": .float16, "BFloat16Storage": .bfloat16, "DoubleStorage": .float64,
        "CharStorage": .int8, "ShortStorage": .int16, "IntStorage": .int32, "LongStorage": .int64,
        "ByteStorage": .uint8, "BoolStorage": .bool,
    ]

    private static let ignoredTorchNames: Set<String> = [
        "Size", "device", "float16", "bfloat16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8",
        "bool", "strided", "contiguous_format", "channels_last", "preserve_format",
    ]
}
