internal import RecCore
internal import RecFiles
internal import RecNetwork

/// Reads the messages of an ONNX file where they lie in the map.
///
/// Fields that nobody needs are passed over by their length: documentation, shapes of inner values, and the traces of
/// Python's stack that make up most of some exports. Weights are not touched.
struct ONNXReader {
    /// The mapped file.
    let file: MappedFile
    /// The files of external data.
    var externals: ExternalFiles
    /// How many more parts of the file are read.
    private var partsLeft = ONNXLimits.partCount

    /// Maps a file.
    ///
    /// - Throws: `RecError` with code `fileNotFound` or `unreadableFile`.
    init(path: String) throws(RecError) {
        do {
            file = try MappedFile(path: path)
        } catch {
            throw RecError(error)
        }
        externals = ExternalFiles(folder: FileSystem.folder(of: path))
    }

    /// Reads the model.
    mutating func model() throws -> ONNXModel {
        try read { reader, bytes in try reader.model(in: bytes) }
    }

    /// Reads the tensor that is the file's only message.
    mutating func tensor() throws -> ONNXConstant {
        try read { reader, bytes in try reader.tensor(in: bytes, 0..<bytes.byteCount).constant }
    }

    /// Reads from the bytes of the file; a message that is damaged makes the file corrupt.
    private mutating func read<Value>(_ body: (inout ONNXReader, RawSpan) throws -> Value) throws -> Value {
        let file = file
        do {
            return try file.withBytes { bytes in try body(&self, bytes) }
        } catch let damage as ProtobufDamage {
            throw corrupt(damage.reason)
        }
    }

    /// The error of a file that is cut off or contradicts itself.
    func corrupt(_ reason: String) -> RecError {
        RecError(
            .corruptWeights,
            path: file.path,
            "The ONNX file is damaged or incomplete: \(reason) Fetch or export it again."
        )
    }

    /// Counts parts of the file for which memory is taken.
    mutating func count(_ parts: Int = 1) throws {
        partsLeft -= parts
        guard partsLeft >= 0 else { throw corrupt("It has more than \(ONNXLimits.partCount) parts.") }
    }

    private mutating func model(in bytes: RawSpan) throws -> ONNXModel {
        var irVersion = 0
        var opsets: [String: Int] = [:]
        var producer: [String] = []
        var metadata: [String: String] = [:]
        var graphPlace: Range<Int>?
        var functionPlaces: [Range<Int>] = []
        var fields = ProtobufReader(0..<bytes.byteCount)
        while let field = try fields.next(in: bytes) {
            switch field.number {
            case 1: irVersion = Int(try field.integer)
            case 2, 3: producer.append(try field.text(in: bytes))
            case 7:
                guard graphPlace == nil else { throw corrupt("It has two graphs.") }
                graphPlace = try field.range
            case 8:
                try count()
                let (domain, version) = try operatorSet(in: bytes, try field.range)
                opsets[domain] = max(version, opsets[domain] ?? 0)
            case 14:
                try count()
                let entry = try Self.entry(in: bytes, try field.range)
                metadata[entry.key] = entry.value
            case 25:
                try count()
                functionPlaces.append(try field.range)
            default: break
            }
        }
        guard let graphPlace else { throw corrupt("It has no graph.") }
        guard ONNXLimits.irVersions.contains(irVersion) else {
            throw RecError(
                .unsupportedONNX,
                path: file.path,
                "The file format has version \(irVersion); versions \(ONNXLimits.irVersions.lowerBound) to "
                    + "\(ONNXLimits.irVersions.upperBound) are read. Export the network again."
            )
        }
        var graph = try graph(in: bytes, graphPlace, depth: 0)
        if !functionPlaces.isEmpty {
            let functions = try functionPlaces.map { try function(in: bytes, $0) }
            var expansion = try FunctionExpansion(functions, corrupt)
            try expansion.expand(&graph)
        }
        return ONNXModel(
            path: file.path,
            irVersion: irVersion,
            opsets: opsets,
            // tf2onnx writes Python's None for a commit that it does not know.
            producer: producer.flatMap { $0.split(separator: " ") }.filter { $0 != "None" }.joined(separator: " "),
            metadata: metadata,
            graph: graph
        )
    }

    func operatorSet(in bytes: RawSpan, _ place: Range<Int>) throws -> (domain: String, version: Int) {
        var domain = ""
        var version = 1
        try bytes.forEachField(in: place) { field in
            switch field.number {
            case 1: domain = Self.canonicalDomain(try field.text(in: bytes))
            case 2: version = Int(clamping: try field.integer)
            default: break
            }
        }
        return (domain, version)
    }

    /// The domain under one name: "ai.onnx" is the long form of the standard's own.
    static func canonicalDomain(_ domain: String) -> String { domain == "ai.onnx" ? "" : domain }

    /// A key with its text.
    static func entry(in bytes: RawSpan, _ place: Range<Int>) throws -> (key: String, value: String) {
        var key = ""
        var value = ""
        try bytes.forEachField(in: place) { field in
            switch field.number {
            case 1: key = try field.text(in: bytes)
            case 2: value = try field.text(in: bytes)
            default: break
            }
        }
        return (key, value)
    }
}
