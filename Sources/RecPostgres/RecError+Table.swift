public import RecCore

extension RecError.Code {
    /// The database lacks pgvector, or has a version or an encoding that cannot be used.
    package static let unsupportedDatabase = RecError.Code("unsupported-database", .configuration)
    /// There is no table of that name, or the tables are not those of an index.
    package static let unknownTable = RecError.Code("unknown-table", .configuration)
    /// A table of that name exists already.
    package static let tableExists = RecError.Code("table-exists", .conflict)
    /// The table was written by a newer version of this package.
    package static let newerTable = RecError.Code("newer-table", .configuration)
    /// The table was replaced or removed while the index was open; open it anew.
    public static let tableReplaced = RecError.Code("table-replaced", .storage)
    /// The database refused to run a statement.
    package static let databaseRefused = RecError.Code("database-refused", .storage)
    /// Changes by others were in the way several times; try again.
    package static let conflictingChanges = RecError.Code("conflicting-changes", .busy)
}
