internal import RecCore

/// Reads the format of `torch.save` since PyTorch 1.6: `NAME/data.pkl`, and one record `NAME/data/KEY` per storage.
///
/// Source: pytorch, `torch/serialization.py` and `caffe2/serialize/inline_container.cc`.
enum TorchArchiveParser {
    /// Reads the table of tensors.
    static func parse(_ file: ByteRegion) throws(RecError) -> WeightContents {
        let archive = try ZipArchive(file)
        guard let pickleName = archive.names.first(where: { $0 == "data.pkl" || $0.hasSuffix("/data.pkl") }),
            let pickle = archive.record(named: pickleName)
        else { throw foreign(archive, file) }
        let folder = String(pickleName.dropLast("data.pkl".count))
        if archive.record(named: folder + "constants.pkl") != nil {
            throw file.unsupported("It is a TorchScript program; save the model's state_dict instead.")
        }
        if let order = archive.record(named: folder + "byteorder"), !order.matches("little") {
            throw file.unsupported("It was saved by a big-endian machine; save it again on a little-endian one.")
        }
        var reader = pickle.reader()
        let graph = try PickleMachine.read(&reader)
        return try TorchStateDictionary.contents(of: graph, file: file) {
            (reference, name) throws(RecError) in
            guard case .view(let id, let offset, let shape, let strides) = reference,
                let storage = TorchStorage(id, in: graph), storage.viewCount == nil
            else { throw file.corrupt("The tensor '\(name)' has no storage that is known") }
            guard let record = archive.record(named: folder + "data/" + storage.key) else {
                throw file.corrupt("The storage of the tensor '\(name)' is missing")
            }
            guard [storage.count, storage.elementType.byteCount].checkedProduct == record.count else {
                throw file.corrupt("The storage of the tensor '\(name)' is not of the size that is stated")
            }
            return try TorchTensorBuilder(file: file).tensor(
                in: record,
                elementType: storage.elementType,
                offset: offset,
                shape: shape,
                strides: strides,
                name: name
            )
        }
    }

    private static func foreign(_ archive: ZipArchive, _ file: ByteRegion) -> RecError {
        let kind =
            if archive.names.contains(where: { $0.hasSuffix(".npy") }) {
                "a NumPy .npz archive"
            } else if archive.record(named: "[Content_Types].xml") != nil {
                "an office document"
            } else {
                "a ZIP archive of '\(archive.names.first ?? "nothing")' and others"
            }
        return file.foreign(
            "This is \(kind), not a PyTorch checkpoint or a .keras file."
        )
    }
}
