internal import RecCore
internal import RecFiles

/// The records of a journal and their places.
struct JournalState {
    /// The key of features.
    struct Key: Hashable {
        let recipeNumber: UInt32
        let key: ByteString

        init(recipeNumber: UInt32, key: String) {
            self.recipeNumber = recipeNumber
            self.key = ByteString(key)
        }
    }

    /// The first bytes of every journal, and the version that this package writes and reads.
    static let magic: [UInt8] = [0x89] + Array("RECJRN\n".utf8)
    static let version: UInt32 = 1

    /// The start of a journal: magic, version, four zeros.
    static var header: [UInt8] {
        var writer = ByteWriter()
        writer.write(contentsOf: magic)
        writer.write(version)
        writer.write(0 as UInt32)
        return writer.bytes
    }

    /// The recipes in the order in which they appear.
    var numbers: [Recipe: UInt32] = [:]

    /// The place of each record in the file, its frame included.
    var places: [Key: Range<Int>] = [:]

    /// The end of the last valid record; 0 when there is no header yet.
    var end = 0

    /// Whether the file is known to end at ``end``.
    var isClean = false

    /// The damage that makes the whole file unusable.
    private(set) var damage: FileDamage?

    /// Reads the records up to the first truncated or damaged one.
    init(_ file: MappedFile) {
        var reader = ByteReader(file, 0..<file.count)
        do {
            let start = try reader.readArray(of: UInt8.self, count: min(Self.magic.count, file.count))
            guard Self.magic.starts(with: start) else { throw FileDamage.foreign }
            guard file.count >= Self.header.count else { return }
            let version = try reader.read(UInt32.self)
            guard version == Self.version else {
                throw FileDamage.version(version, readable: Self.version)
            }
            _ = try reader.read(UInt32.self)
            end = reader.position
        } catch {
            damage = error as? FileDamage ?? .foreign
            return
        }
        while let record = try? JournalRecord(&reader) {
            switch record {
            case .recipe(let recipe):
                guard numbers[recipe] == nil else { return }
                numbers[recipe] = UInt32(numbers.count)
            case .features(let recipeNumber, let key):
                guard recipeNumber < numbers.count else { return }
                places[Key(recipeNumber: recipeNumber, key: key)] = end..<reader.position
            }
            end = reader.position
        }
    }

    /// The place of the features for a key.
    func place(of key: String, recipe: Recipe) -> Range<Int>? {
        numbers[recipe].flatMap { places[Key(recipeNumber: $0, key: key)] }
    }
}

extension RecError {
    /// Describes the damage of the journal at `path`.
    init(journal damage: FileDamage, path: String) {
        if case .version(let version, let readable) = damage {
            self.init(
                .unsupportedVersion,
                path: path,
                "This is a journal of format version \(version); this version of the package reads "
                    + "\(readable). Give another path."
            )
        } else {
            self.init(.foreignFile, path: path, "This is not a feature journal. Give another path.")
        }
    }
}
