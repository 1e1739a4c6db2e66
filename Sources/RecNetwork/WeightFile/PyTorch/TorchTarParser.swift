internal import RecCore

/// Reads the format of `torch.save` before PyTorch 0.1.10: a TAR archive of `storages`, `tensors` and `pickle`.
///
/// Source: pytorch, `torch/serialization.py`, `legacy_load`.
enum TorchTarParser {
    /// Whether a file starts like a TAR archive.
    static func recognizes(_ file: ByteRegion) -> Bool { TarArchive.recognizes(file) }

    /// Reads the table of tensors.
    static func parse(_ file: ByteRegion) throws(RecError) -> WeightContents {
        let archive = try TarArchive(file)
        guard let storages = archive.file(named: "storages"), let tensors = archive.file(named: "tensors"),
            let pickle = archive.file(named: "pickle")
        else {
            throw file.foreign(
                "This is a TAR archive without the parts of a PyTorch checkpoint; unpack it and open what is in it."
            )
        }
        let table = try readTensors(tensors, storages: try readStorages(storages))
        var reader = pickle.reader()
        let graph = try PickleMachine.read(&reader)
        return try TorchStateDictionary.contents(of: graph, file: file) {
            (reference, name) throws(RecError) in
            guard case .external(let id) = reference, let key = graph.key(id), let entry = table[key] else {
                throw file.corrupt("The tensor '\(name)' has no storage that is known")
            }
            return try TorchTensorBuilder(file: file).tensor(
                in: entry.storage.region,
                type: entry.storage.type,
                offset: entry.offset,
                shape: entry.shape,
                strides: entry.strides,
                name: name
            )
        }
    }

    private struct Storage {
        let region: ByteRegion
        let type: TorchStorageType
    }

    private struct Entry {
        let storage: Storage
        let offset: Int
        let shape: [Int]
        let strides: [Int]
    }

    /// A count, then a pickle (key, location, type), the number of elements, and the elements, of each storage; then a
    /// pickle of the list of storages that are parts of others.
    private static func readStorages(_ region: ByteRegion) throws(RecError) -> [String: Storage] {
        var reader = region.reader()
        var storages: [String: Storage] = [:]
        for _ in 0..<(try readCount(&reader)) {
            let graph = try PickleMachine.read(&reader)
            guard let fields = graph.elements(graph.root), fields.count == 3, let key = graph.key(fields[0]),
                case .global(.storage(let type)) = graph[fields[2]],
                let byteCount = [try reader.unsigned(byteCount: 8), type.byteCount].checkedProduct
            else { throw region.corrupt("A storage is not described as it should be") }
            storages[key] = Storage(region: try reader.region(byteCount, "A storage"), type: type)
        }
        let views = try PickleMachine.read(&reader)
        for view in views.elements(views.root) ?? [] {
            guard let fields = views.elements(view), fields.count == 4, let key = views.key(fields[0]),
                let root = views.key(fields[1]).flatMap({ storages[$0] }), let offset = views.integer(fields[2]),
                let count = views.integer(fields[3]), let start = [offset, root.type.byteCount].checkedProduct,
                let byteCount = [count, root.type.byteCount].checkedProduct
            else { throw region.corrupt("A part of a storage is not described as it should be") }
            storages[key] = Storage(
                region: try root.region.region(at: start, count: byteCount, "A part of a storage"),
                type: root.type
            )
        }
        return storages
    }

    /// A count, then a pickle (key, storage, type), the rank in 8 bytes, sizes, strides and offset of each tensor.
    private static func readTensors(
        _ region: ByteRegion,
        storages: [String: Storage]
    ) throws(RecError) -> [String: Entry] {
        var reader = region.reader()
        var entries: [String: Entry] = [:]
        for _ in 0..<(try readCount(&reader)) {
            let graph = try PickleMachine.read(&reader)
            guard let fields = graph.elements(graph.root), fields.count == 3, let key = graph.key(fields[0]),
                let storage = graph.key(fields[1]).flatMap({ storages[$0] })
            else { throw region.corrupt("A tensor is not described as it should be") }
            let rank = Int(try reader.integer(Int32.self))
            try reader.skip(4)
            guard (0...16).contains(rank) else { throw region.corrupt("A tensor has \(rank) dimensions") }
            var sizes: [Int] = []
            for _ in 0..<2 * rank { sizes.append(try reader.unsigned(byteCount: 8)) }
            entries[key] = Entry(
                storage: storage,
                offset: try reader.unsigned(byteCount: 8),
                shape: Array(sizes.prefix(rank)),
                strides: Array(sizes.suffix(rank))
            )
        }
        return entries
    }

    /// A pickled number of things, of which each takes some bytes.
    private static func readCount(_ reader: inout RegionReader) throws(RecError) -> Int {
        let graph = try PickleMachine.read(&reader)
        guard let count = graph.integer(graph.root), (0...max(reader.remaining, 0)).contains(count) else {
            throw reader.region.corrupt("A number of tensors is damaged")
        }
        return count
    }
}
