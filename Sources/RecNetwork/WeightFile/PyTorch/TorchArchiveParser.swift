internal import RecCore
internal import RecFiles

/// Reads the format of `torch.save` since PyTorch 1.6: `NAME/data.pkl`, and one record `NAME/data/KEY` per storage.
///
/// Source: pytorch, `torch/serialization.py` and `caffe2/serialize/inline_container.cc`.
enum TorchArchiveParser {
    /// Reads the table of tensors.
    static func parse(_ file: ByteRegion) throws(RecError) -> WeightContents {
        let archive = try ZipArchive(file)
        if file.file.path.hasSuffix(".distcp") { throw file.foreign(ForeignKind.distributed.message) }
        if let advice = ForeignContent.program(archive) { throw file.unsupported(advice) }
        guard let pickleName = archive.names.first(where: { $0 == "data.pkl" || $0.hasSuffix("/data.pkl") }),
            let pickle = try archive.record(named: pickleName)
        else { throw foreign(archive, file) }
        let folder = String(pickleName.dropLast("data.pkl".count))
        if let order = try archive.record(named: folder + "byteorder"), !order.matches("little") {
            throw file.unsupported("It was saved by a big-endian machine; save it again on a little-endian one.")
        }
        var reader = pickle.reader()
        let graph = try PickleMachine.read(&reader)
        return try TorchStateDictionary.contents(of: graph, file: file) {
            (reference, name) throws(RecError) in
            let view = try reference.view(named: name, in: file)
            guard let storage = TorchStorage(view.storage, in: graph),
                storage.viewCount == nil
            else { throw file.corrupt("The tensor '\(name)' has no storage that is known") }
            guard let record = try archive.record(named: folder + "data/" + storage.key) else {
                throw file.corrupt("The storage of the tensor '\(name)' is missing")
            }
            guard [storage.count, storage.type.byteCount].checkedProduct == record.count else {
                throw file.corrupt("The storage of the tensor '\(name)' is not of the size that is stated")
            }
            return try TorchTensorBuilder(file: file).tensor(view, in: record, type: storage.type, name: name)
        }
    }

    private static func foreign(_ archive: ZipArchive, _ file: ByteRegion) -> RecError {
        let kind =
            if archive.names.contains(where: { $0.hasSuffix(".npy") }) {
                "a NumPy .npz archive"
            } else if archive.names.contains("[Content_Types].xml") {
                "an office document"
            } else {
                "a ZIP archive of '\(archive.names.first ?? "nothing")' and others"
            }
        return file.foreign(
            "This is \(kind), not a PyTorch checkpoint or a .keras file."
        )
    }
}
