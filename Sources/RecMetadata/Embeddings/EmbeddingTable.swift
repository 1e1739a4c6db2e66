package import RecCore

/// The embeddings of pictures that were made elsewhere; an extractor whose inputs are the paths of the pictures.
package struct EmbeddingTable: FeatureExtractor {
    /// How the vectors were made.
    package var recipe: Recipe {
        get { knownRecipe ?? [:] }
        set { knownRecipe = newValue }
    }

    /// The number of components of each vector.
    package private(set) var dimension = 0

    /// The number of rows that were read.
    package private(set) var rowCount = 0

    /// The number of rows of pictures that no product has, and some of their paths.
    package private(set) var unusedCount = 0
    package private(set) var unused: [String] = []

    /// What could not be read, in the order of the files; some of them where there are many.
    package private(set) var faults: [RecError] = []
    package private(set) var faultCount = 0

    private var knownRecipe: Recipe?
    private var results: [ByteString: Result<[Float], RecError>] = [:]
    private let wanted: Set<ByteString>
    private let folder: String
    private static let listLimit = 50

    /// Creates an empty table.
    ///
    /// - Parameters:
    ///   - recipe: How the vectors are made, where it is known before.
    ///   - pictures: The paths of the pictures that are wanted.
    ///   - folder: The folder that relative paths of the rows start from.
    init(recipe: Recipe?, pictures: some Sequence<String>, folder: String) {
        knownRecipe = recipe
        self.folder = folder
        wanted = Set(pictures.lazy.map { ByteString($0) })
    }

    /// The number of pictures that have a vector.
    package var vectorCount: Int { results.values.count { (try? $0.get()) != nil } }

    /// The vectors of pictures by their paths.
    package func features(of inputs: [String]) async throws -> [Result<DenseVector, any Error>] {
        inputs.map { path in
            Result {
                guard let result = results[ByteString(path)] else {
                    throw RecError(.fileNotFound, path: path, "There is no embedding of this picture.")
                }
                let components = try result.get()
                let squares = components.reduce(0.0) { $0 + Double($1) * Double($1) }
                return abs(squares - 1) < 1e-6
                    ? DenseVector(unit: components, recipe: recipe)
                    : try DenseVector(normalizing: components, recipe: recipe)
            }
        }
    }

    // MARK: Rows

    /// Adds the row of a picture: its vector, or the error in its place.
    ///
    /// A vector stands above an error, which an earlier attempt may have left.
    ///
    /// - Throws: `RecError` with code `dimensionMismatch`, or `invalidEmbeddings` when two vectors of a picture differ.
    mutating func add(_ path: String, _ result: Result<[Float], RecError>) throws(RecError) {
        rowCount += 1
        let name = ByteString(path)
        let full = path.hasPrefix("/") || folder.isEmpty ? name : ByteString(folder.appending(path: Self.plain(path)))
        guard let key = [full, name].first(where: wanted.contains) else {
            unusedCount += 1
            if unused.count < Self.listLimit { unused.append(path) }
            return
        }
        guard case .success(let vector) = result else {
            if results[key] == nil { results[key] = result }
            return
        }
        if dimension == 0 { dimension = vector.count }
        guard vector.count == dimension, dimension > 0 else {
            throw RecError(
                .dimensionMismatch,
                "The embedding of '\(path)' has \(vector.count) numbers; those before have \(dimension)."
            )
        }
        if case .success(let other) = results[key], other != vector {
            throw RecError(
                .invalidEmbeddings,
                "There are two embeddings of '\(path)', and they differ. Remove the files of one of the runs."
            )
        }
        results[key] = result
    }

    /// Notes a row that cannot be read.
    mutating func add(fault: RecError) {
        faultCount += 1
        if faults.count < Self.listLimit { faults.append(fault) }
    }

    /// Whether the recipe is known.
    var hasRecipe: Bool { knownRecipe != nil }

    /// Takes the recipe of a row, which must be that of all others.
    ///
    /// - Throws: `RecError` with code `recipeMismatch`.
    mutating func use(_ other: Recipe) throws(RecError) {
        guard let knownRecipe else {
            knownRecipe = other
            return
        }
        guard other != knownRecipe else { return }
        let differences = other.differences(from: knownRecipe).joined(separator: "; ")
        throw RecError(
            .recipeMismatch,
            "The embeddings were made by several recipes (\(differences.isEmpty ? "in another order" : differences)). "
                + "Make them all with the same weights and options."
        )
    }

    /// The path without `./` at its beginning.
    private static func plain(_ path: String) -> String {
        var rest = path[...]
        while rest.hasPrefix("./") { rest = rest.dropFirst(2) }
        return String(rest)
    }
}
