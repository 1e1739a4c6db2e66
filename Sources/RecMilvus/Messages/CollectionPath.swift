internal import RecFiles

/// A collection as requests name it.
package struct CollectionPath: Sendable, Hashable {
    /// The name of the collection.
    package let name: String
    /// The database; that of the server's choice when empty.
    package let database: String

    package init(_ name: String, database: String = "") {
        self.name = name
        self.database = database
    }

    /// Writes the database as field 2 and the name as field 3, as most requests have it.
    func write(to writer: inout ProtobufWriter) {
        writer.write(2, database)
        writer.write(3, name)
    }
}
