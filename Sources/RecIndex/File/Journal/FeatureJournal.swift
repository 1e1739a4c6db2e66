public import RecCore
internal import RecFiles
internal import Synchronization

/// A file that keeps extracted features as they are made, so that a run that was stopped goes on where it ended.
///
/// ```swift
/// let journal = try FeatureJournal(path: "shop.journal")
/// let embedder = ProductEmbedder(extractor: backbone, cache: journal, threads: 4) { ... }
/// ```
/// Records are appended and never changed. A record that was cut off, by a stopped process or a power failure, is
/// ignored together with what follows it, and overwritten by the next one. Features of several recipes may share a
/// file; one recipe never gets those of another. One value at a time may hold a file.
public final class FeatureJournal: FeatureCache {
    /// The file.
    package let path: String

    /// The size in bytes beyond which nothing more is stored.
    package let maximumSize: Int

    private let file: AppendFile
    private let state: Mutex<JournalState>
    private let keyOfProduct: @Sendable (Product) -> String?

    /// Opens a journal, or creates one when there is no file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - maximumSize: The size in bytes beyond which nothing more is stored.
    ///   - key: Gives the key of a product. By default that is its picture's path, size and time of last change.
    /// - Throws: `RecError` with code `unwritable`, `inUse`, `foreignFile` or `unsupportedVersion`. A file that is
    ///   not a journal is left as it is.
    /// - Complexity: O(size of the file)
    public init(
        path: String,
        maximumSize: Int = 1 << 34,
        key: (@Sendable (Product) -> String?)? = nil
    ) throws(RecError) {
        self.path = path
        self.maximumSize = maximumSize
        keyOfProduct = key ?? { $0.picture.flatMap(Self.key(ofFile:)) }
        do throws(FileError) {
            file = try AppendFile(path: path)
            state = Mutex(try JournalState(MappedFile(path: path)))
        } catch {
            throw RecError(error, writing: true)
        }
        if let damage = state.withLock({ $0.damage }) { throw RecError(journal: damage, path: path) }
    }

    /// What tells the present state of a file from others: path, size and time of the last change.
    ///
    /// - Returns: `nil` when there is no such file.
    package static func key(ofFile path: String) -> String? {
        guard let identity = try? FileIdentity(path: path) else { return nil }
        return "\(identity.size) \(identity.modified) \(path)"
    }

    /// The number of features in the journal, of all recipes together.
    package var count: Int { state.withLock { $0.places.count } }

    /// What tells the present state of the product's picture from others.
    public func key(of product: Product) -> String? {
        keyOfProduct(product)
    }

    /// The features that were stored for a key by the same recipe, or `nil`.
    ///
    /// - Complexity: O(dimension)
    public func features(for key: String, recipe: Recipe) -> DenseVector? {
        guard let place = state.withLock({ $0.place(of: key, recipe: recipe) }),
            let bytes = try? file.read(at: place.lowerBound, count: place.count)
        else { return nil }
        return JournalRecord.features(in: bytes, key: key, recipe: recipe)
    }

    /// Stores features for a key; those stored later win.
    ///
    /// - Throws: `RecError` with code `unwritable` when the disk or the journal is full. What was stored before
    ///   stays.
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
