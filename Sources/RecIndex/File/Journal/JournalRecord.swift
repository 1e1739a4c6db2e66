internal import RecCore
internal import RecFiles

/// One record of a journal: the length and the checksum of its payload, then the payload.
enum JournalRecord {
    /// A recipe; features refer to it by its number among the recipes of the file.
    case recipe(Recipe)
    /// Features; their floats are read on demand.
    case features(recipeNumber: UInt32, key: String)

    /// Reads one record and checks its checksum.
    init(_ reader: inout ByteReader) throws {
        var payload = ByteReader(try Self.payload(&reader))
        switch try payload.read(UInt8.self) {
        case 1: self = .recipe(try payload.readRecipe())
        case 2: self = .features(recipeNumber: try payload.read(UInt32.self), key: try payload.readString())
        default: throw FileDamage.corrupt("an unknown record")
        }
    }

    static func encoded(_ recipe: Recipe) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(1 as UInt8)
        writer.write(recipe)
        return framed(writer.bytes)
    }

    static func encoded(_ features: DenseVector, key: String, recipeNumber: UInt32) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(2 as UInt8)
        writer.write(recipeNumber)
        writer.write(key)
        writer.write(UInt32(features.dimension))
        writer.write(contentsOf: features.components)
        return framed(writer.bytes)
    }

    /// The features in the bytes of one record, or `nil` when they are damaged or not those of `key`.
    static func features(in bytes: [UInt8], key: String, recipe: Recipe) -> DenseVector? {
        var reader = ByteReader(bytes)
        guard let content = try? payload(&reader) else { return nil }
        var payload = ByteReader(content)
        guard (try? payload.read(UInt8.self)) == 2, (try? payload.read(UInt32.self)) != nil,
            (try? payload.readString()).map({ ByteString($0) }) == ByteString(key),
            let dimension = try? payload.read(UInt32.self),
            let components = try? payload.readArray(of: Float.self, count: Int(dimension))
        else { return nil }
        return DenseVector(stored: components, recipe: recipe)
    }

    private static func framed(_ payload: [UInt8]) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(UInt32(payload.count))
        writer.write(CRC32C.of(payload))
        return writer.bytes + payload
    }

    private static func payload(_ reader: inout ByteReader) throws -> [UInt8] {
        let count = try reader.read(UInt32.self)
        let checksum = try reader.read(UInt32.self)
        let payload = try reader.readArray(of: UInt8.self, count: Int(count))
        guard CRC32C.of(payload) == checksum else { throw FileDamage.corrupt("a record") }
        return payload
    }
}
