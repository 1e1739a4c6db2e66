internal import RecCore

/// Reads the format of `torch.save` before PyTorch 1.6: five pickles in a row (a magic number, the protocol version,
/// facts about the machine, the object, the keys of the storages), then the count and elements of each storage.
///
/// Source: pytorch, `torch/serialization.py`, `_legacy_load`.
enum TorchStreamParser {
    /// 0x1950a86a20f9469cfc6c.
    private static let magic: [UInt8] = [0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]
    private static let decimalMagic = "L119547037146038801333356L"

    /// Whether a file starts like a pickle.
    static func recognizes(_ file: ByteRegion) -> Bool {
        let start = file.prefix(2)
        return start.count == 2 && start[0] == 0x80 && (1...5).contains(start[1]) || file.matches(decimalMagic)
    }

    /// Reads the table of tensors.
    static func parse(_ file: ByteRegion) throws(RecError) -> WeightContents {
        var reader = file.reader()
        let first: PickleGraph
        do {
            first = try PickleMachine.read(&reader)
        } catch {
            if let kind = ForeignContent.pickle(file) { throw file.foreign(kind.message) }
            throw error
        }
        guard isMagic(first, file) else {
            throw file.foreign(
                ForeignContent.pickle(file)?.message
                    ?? "This is a Python pickle that torch.save did not write; save the model's state_dict by torch.save."
            )
        }
        let version = try PickleMachine.read(&reader)
        guard version.integer(version.root) == 1001 else {
            throw file.unsupported("It is of an unknown version of PyTorch's pickle stream.")
        }
        let machine = try PickleMachine.read(&reader)
        for entry in machine.entries(machine.root) ?? [] where entry.key == "little_endian" {
            guard case .boolean(true) = machine[entry.value] else {
                throw file.unsupported("It was saved by a big-endian machine; save it again on a little-endian one.")
            }
        }
        let graph = try PickleMachine.read(&reader)
        let storages = try readStorages(&reader, graph: graph)
        return try TorchStateDictionary.contents(of: graph, file: file) {
            (reference, name) throws(RecError) in
            let view = try reference.view(named: name, in: file)
            guard let storage = TorchStorage(view.storage, in: graph),
                let whole = storages[storage.key]
            else { throw file.corrupt("The tensor '\(name)' has no storage that is known") }
            let size = storage.type.byteCount
            guard [storage.count, size].checkedProduct == whole.count else {
                throw file.corrupt("The storage of the tensor '\(name)' is not of the size that is stated")
            }
            let part = try whole.region(
                at: storage.offset * size,
                count: (storage.viewCount ?? storage.count) * size,
                "A storage"
            )
            return try TorchTensorBuilder(file: file).tensor(view, in: part, type: storage.type, name: name)
        }
    }

    private static func isMagic(_ graph: PickleGraph, _ file: ByteRegion) -> Bool {
        if case .largeInteger(let bytes) = graph[graph.root] { bytes == magic } else { file.matches(decimalMagic) }
    }

    /// The bytes of each storage by key: they follow the list of keys in its order.
    private static func readStorages(
        _ reader: inout RegionReader,
        graph: PickleGraph
    ) throws(RecError) -> [String: ByteRegion] {
        var byteCounts: [String: Int] = [:]
        for case .persistent(let id) in graph.nodes {
            if let storage = TorchStorage(id, in: graph) { byteCounts[storage.key] = storage.type.byteCount }
        }
        let keys = try PickleMachine.read(&reader)
        var storages: [String: ByteRegion] = [:]
        for id in keys.elements(keys.root) ?? [] {
            guard let key = keys.key(id), let size = byteCounts[key] else {
                throw reader.region.corrupt("It lists a storage that no tensor uses")
            }
            let count = try reader.unsigned(byteCount: 8)
            guard let byteCount = [count, size].checkedProduct else {
                throw reader.region.corrupt("A storage is larger than any file")
            }
            storages[key] = try reader.region(byteCount, "A storage")
        }
        return storages
    }
}
