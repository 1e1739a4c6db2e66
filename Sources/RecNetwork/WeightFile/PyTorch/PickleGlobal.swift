/// A class or function that a pickle may name, as a tag on data.
///
/// Nothing is ever looked up or called.
enum PickleGlobal: Sendable, Hashable {
    /// `collections.OrderedDict`, `defaultdict`, `dict`: a dictionary.
    case dictionary
    /// `torch._utils._rebuild_tensor` and `_rebuild_tensor_v2`: a view of a storage.
    case rebuildTensor
    /// `torch._utils._rebuild_tensor_v3`: a view of a storage whose element type is stated apart from it.
    case rebuildTypedTensor
    /// `torch._utils._rebuild_parameter`, `torch.nn.parameter.Parameter`: a tensor and more.
    case rebuildParameter
    /// `torch._tensor._rebuild_from_type_v2`: a tensor of a subclass.
    case rebuildFromType
    /// The constructor of a tensor that is not read, in words: "a sparse tensor".
    case foreignTensor(String)
    /// `torch.FloatStorage` and its like.
    case storage(TorchStorageType)
    /// `torch.float32` and its like.
    case elementType(TorchStorageType)
    /// `_codecs.encode`: bytes, given as text of one byte a character.
    case bytes
    /// A class whose instances are passed over: `torch.Size`, `torch.device`, `argparse.Namespace`, settings of training
    /// programs.
    case ignored

    /// The tag for a name, or `nil` when it is not on the allow-list.
    init?(module: String, name: String) {
        switch (module, name) {
        case ("collections", "OrderedDict"), ("collections", "defaultdict"), ("builtins", "dict"),
            ("__builtin__", "dict"):
            self = .dictionary
        case ("torch._utils", "_rebuild_tensor"), ("torch._utils", "_rebuild_tensor_v2"):
            self = .rebuildTensor
        case ("torch._utils", "_rebuild_tensor_v3"):
            self = .rebuildTypedTensor
        case ("torch._utils", "_rebuild_parameter"), ("torch._utils", "_rebuild_parameter_with_state"),
            ("torch.nn.parameter", "Parameter"), ("torch.nn.parameter", "Buffer"):
            self = .rebuildParameter
        case ("torch._tensor", "_rebuild_from_type_v2"):
            self = .rebuildFromType
        case ("torch._utils", _):
            guard let kind = Self.foreignTensors[name] else { return nil }
            self = .foreignTensor(kind)
        case ("torch.serialization", "_get_layout"), ("copyreg", "_reconstructor"), ("copy_reg", "_reconstructor"),
            ("collections", "deque"), ("types", "SimpleNamespace"):
            self = .ignored
        case ("torch", _), ("torch.cuda", _), ("torch.storage", _):
            guard let global = Self.torch(name, isStorageModule: module == "torch.storage") else { return nil }
            self = global
        case ("numpy.core.multiarray", _), ("numpy._core.multiarray", _), ("numpy", _), ("numpy.dtypes", _):
            guard let global = Self.numpy(name, module: module) else { return nil }
            self = global
        case ("numpy.core.numeric", "_frombuffer"), ("numpy._core.numeric", "_frombuffer"):
            self = .foreignTensor("a NumPy array")
        case ("_codecs", "encode"):
            self = .bytes
        case ("argparse", "Namespace"), ("collections", "Counter"), ("pathlib", "PosixPath"),
            ("pathlib", "PurePosixPath"), ("pathlib", "WindowsPath"):
            self = .ignored
        case ("builtins", _), ("__builtin__", _):
            guard Self.plainTypes.contains(name) else { return nil }
            self = .ignored
        default:
            guard Self.settings.contains(where: { module == $0 || module.hasPrefix($0 + ".") }) else { return nil }
            self = .ignored
        }
    }

    private static func torch(_ name: String, isStorageModule: Bool) -> PickleGlobal? {
        if let type = TorchStorageType.storages[name] { return .storage(type) }
        if isStorageModule { return nil }
        if let type = TorchStorageType.elementTypes[name] { return .elementType(type) }
        return ignoredTorchNames.contains(name) || name.hasSuffix("Tensor") ? .ignored : nil
    }

    private static func numpy(_ name: String, module: String) -> PickleGlobal? {
        switch (module, name) {
        case ("numpy", "ndarray"), ("numpy", "dtype"): .ignored
        case ("numpy", _): nil
        case ("numpy.dtypes", _): name.hasSuffix("DType") ? .ignored : nil
        case (_, "scalar"): .ignored
        case (_, "_reconstruct"): .foreignTensor("a NumPy array")
        default: nil
        }
    }

    private static let foreignTensors = [
        "_rebuild_sparse_tensor": "a sparse tensor",
        "_rebuild_sparse_csr_tensor": "a sparse tensor",
        "_rebuild_nested_tensor": "a nested tensor",
        "_rebuild_qtensor": "a quantised tensor",
        "_rebuild_meta_tensor_no_storage": "a meta tensor, which has no elements",
        "_rebuild_wrapper_subclass": "a tensor of another library",
        "_rebuild_xla_tensor": "a tensor of another device",
        "_rebuild_device_tensor_from_numpy": "a tensor of another device",
        "_rebuild_device_tensor_from_cpu_tensor": "a tensor of another device",
    ]

    /// Modules whose objects are settings, dates or logs, which training programs save beside the weights, or parts of
    /// tensors that are spread over machines.
    private static let settings = [
        "addict", "datetime", "easydict", "enum", "lightning", "lightning_fabric", "lightning_utilities",
        "ml_collections", "mmcv", "mmengine", "munch", "omegaconf", "pytorch_lightning",
        "torch.distributed._tensor", "torch.distributed.device_mesh", "torch.distributed.tensor", "typing", "yacs",
    ]

    private static let plainTypes: Set<String> = [
        "set", "frozenset", "complex", "bytearray", "list", "tuple", "int", "float", "str", "bool", "bytes", "slice",
        "range", "object", "unicode", "long",
    ]

    private static let ignoredTorchNames: Set<String> = [
        "Size", "device", "strided", "contiguous_format", "channels_last", "channels_last_3d", "preserve_format",
        "per_tensor_affine", "per_channel_affine", "per_tensor_symmetric", "per_channel_symmetric",
        "per_channel_affine_float_qparams", "sparse_coo", "sparse_csr", "sparse_csc", "sparse_bsr", "sparse_bsc",
    ]
}
