internal import RecCore

extension PostgresFailure {
    /// The error for a fault of a statement on the tables of an index.
    func error(_ name: TableName) -> RecError {
        switch state {
        case "22012":
            RecError(
                .tableReplaced,
                "The table \(name.products) was replaced since it was opened. Open it anew."
            )
        case "2201E":
            .unfinishedIndex("the table \(name.products)")
        case "42P01", "3F000":
            RecError(
                .unknownTable,
                "There is no index in a table \(name.products) (\(message)). Create it, or look for its name and "
                    + "schema."
            )
        case "42P07":
            RecError(
                .tableExists,
                "There is a table \(name.products) already (\(message)). Replace it, or use another name."
            )
        case _ where isTransient:
            RecError(.conflictingChanges, "Changes by others were in the way (\(message)); try again.")
        case "57014":
            RecError(
                .deadlineExceeded,
                "The database stopped a statement after the time that it may take (\(message))."
            )
        case _ where isOutage:
            RecError(.unreachable, "The database is not there (\(message)); try again later.")
        default:
            RecError(.databaseRefused, "The database refused a statement on \(name.products): \(message) (\(state)).")
        }
    }
}
