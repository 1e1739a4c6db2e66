#if Postgres
internal import CRecLibPQ

/// What a server answers.
enum LibPQResult {
    case rows([PostgresRow])
    case failure(PostgresFailure)
    /// The statement was not run, since one before it failed.
    case skipped
    /// The end of a round trip.
    case synced
    /// The end of a statement's results.
    case end
    /// The server waits for the rows of a copy.
    case copying
    /// A copy out, which the pool has no use for.
    case unusable

    init(_ result: OpaquePointer) {
        switch unsafe PQresultStatus(result) {
        case PGRES_TUPLES_OK, PGRES_SINGLE_TUPLE, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
            self = .rows(unsafe Self.rows(of: result))
        case PGRES_COPY_IN: self = .copying
        case PGRES_PIPELINE_ABORTED: self = .skipped
        case PGRES_PIPELINE_SYNC: self = .synced
        case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE, PGRES_NONFATAL_ERROR:
            // PG_DIAG_SQLSTATE and PG_DIAG_MESSAGE_PRIMARY, which are macros of character constants.
            let state = unsafe Self.text(PQresultErrorField(result, Int32(UInt8(ascii: "C"))))
            let message = unsafe Self.text(PQresultErrorField(result, Int32(UInt8(ascii: "M"))))
            self = .failure(PostgresFailure(state: state ?? "", message: message ?? "no message"))
        default: self = .unusable
        }
    }

    private static func rows(of result: OpaquePointer) -> [PostgresRow] {
        let columns = unsafe PQnfields(result)
        return (0..<(unsafe PQntuples(result))).map { row in
            PostgresRow(
                (0..<columns).map { column in
                    guard unsafe PQgetisnull(result, row, column) == 0 else { return nil }
                    let count = Int(unsafe PQgetlength(result, row, column))
                    return unsafe [UInt8](UnsafeRawBufferPointer(start: PQgetvalue(result, row, column), count: count))
                }
            )
        }
    }

    private static func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String? {
        unsafe pointer.map { unsafe String(cString: $0) }
    }
}
#endif
