internal import RecCompute
public import RecCore
internal import RecFiles

/// A file of extracted features, so that a run that was stopped can resume.
///
/// ```swift
/// let journal = try FeatureJournal(path: "shop.journal")
/// let embedder = ProductEmbedder(extractor: backbone, cache: journal, threads: 4) { ... }
/// ```
/// Records are appended and never changed. A record that was truncated by a stopped process or a power failure is
/// ignored together with all data after it, and the next record overwrites it. Features of several recipes may share a
/// file; each recipe gets only its own. Only one value at a time may have a file open.
public final class FeatureJournal: FeatureCache {
    /// The file.
    package let path: String

    /// The size in bytes above which no more features are stored.
    package let maximumSize: Int

    private let file: AppendFile
    private let state: LockedValue<JournalState>
    private let keyOfProduct: @Sendable (Product) -> String?

    /// Opens a journal, or creates one if there is no file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - maximumSize: The size in bytes above which no more features are stored.
    ///   - key: Returns the key of a product; by default path, size and modification time of its
    ///     pictures.
    /// - Throws: `RecError` with code `unwritable`, `inUse`, `foreignFile` or `unsupportedVersion`. A file that is not
    ///   a journal is not changed.
    /// - Complexity: O(size of the file)
    public init(
        path: String,
        maximumSize: Int = 1 << 34,
        key: (@Sendable (Product) -> String?)? = nil
    ) throws(RecError) {
        self.path = path
        self.maximumSize = maximumSize
        keyOfProduct = key ?? { Self.key(ofFiles: $0.pictures) }
        do throws(FileError) {
            file = try AppendFile(path: path)
            state = LockedValue(try JournalState(MappedFile(path: path)))
        } catch {
            throw RecError(error, writing: true)
        }
        if let damage = state.withLock({ $0.damage }) { throw RecError(journal: damage, path: path) }
    }

    /// A key that is unique to the present state of a file: its path, size and modification time.
    ///
    /// - Returns: `nil` when there is no such file.
    package static func key(ofFile path: String) -> String? {
        guard let identity = try? FileIdentity(path: path) else { return nil }
        return "\(identity.size) \(identity.modified) \(path)"
    }

    /// The keys of some files, line by line; `nil` when there is no file, or one is missing.
    package static func key(ofFiles paths: [String]) -> String? {
        let keys = paths.compactMap { key(ofFile: $0) }
        return keys.isEmpty || keys.count < paths.count ? nil : keys.joined(separator: "\n")
    }

    /// The number of features in the journal, of all recipes together.
    package var count: Int { state.withLock { $0.places.count } }

    /// A key that is unique to the product's picture in its present state.
    public func key(of product: Product) -> String? {
        keyOfProduct(product)
    }

    /// The features stored for a key under the same recipe, or `nil`.
    ///
    /// - Complexity: O(dimension)
    public func features(for key: String, recipe: Recipe) -> DenseVector? {
        guard let place = state.withLock({ $0.place(of: key, recipe: recipe) }),
            let bytes = try? file.read(at: place.lowerBound, count: place.count)
        else { return nil }
        return JournalRecord.features(in: bytes, key: key, recipe: recipe)
    }

    /// Stores features for a key; they replace earlier ones.
    ///
    /// - Throws: `RecError` with code `unwritable` when the disk or the journal is full. Earlier records are not
    ///   affected.
    public func store(_ features: DenseVector, for key: String) throws {
        do {
            try state.withLock { state in
                var records: [[UInt8]] = []
                if state.end == 0 { records.append(JournalState.header) }
                let number = state.numbers[features.recipe] ?? UInt32(state.numbers.count)
                if state.numbers[features.recipe] == nil { records.append(JournalRecord.encoded(features.recipe)) }
                let record = JournalRecord.encoded(features, key: key, recipeNumber: number)
                records.append(record)
                let size = records.reduce(0) { $0 + $1.count }
                guard size <= maximumSize - state.end else {
                    throw RecError(
                        .unwritable,
                        path: path,
                        "The journal is full: \(maximumSize) bytes. Remove it, or raise the limit."
                    )
                }
                if !state.isClean { try file.truncate(to: state.end) }
                state.isClean = false
                try file.append(Array(records.joined()))
                state.isClean = true
                state.end += size
                state.numbers[features.recipe] = number
                state.places[.init(recipeNumber: number, key: key)] = state.end - record.count..<state.end
            }
        } catch let error as FileError {
            throw RecError(error, writing: true)
        }
    }
}
