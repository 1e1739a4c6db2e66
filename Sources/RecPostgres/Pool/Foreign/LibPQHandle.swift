#if Postgres
internal import CRecLibPQ

/// A connection of libpq: one function of C each, on one thread at a time.
@safe
final class LibPQHandle: @unchecked Sendable {
    /// What the making of a connection waits for.
    enum Progress {
        case reading, writing, connected, failed
    }

    /// Where a connection stands.
    enum TransactionState {
        case idle, open, failed, unknown
    }

    private let connection: OpaquePointer

    /// Begins to connect; resolves names, which may take a while.
    init?(parameters: [(name: String, value: String)]) {
        let names = parameters.map(\.name)
        let values = parameters.map(\.value)
        let connection = unsafe Self.withCStrings(names) { names in
            unsafe Self.withCStrings(values) { values in unsafe PQconnectStartParams(names, values, 0) }
        }
        guard let connection = unsafe connection else { return nil }
        unsafe self.connection = connection
        // Notices are nobody's here; libpq would write them to standard error.
        unsafe PQsetNoticeReceiver(connection, { _, _ in }, nil)
    }

    deinit { unsafe PQfinish(connection) }

    /// Goes on with connecting, when the socket is ready for what the last call waits for.
    func connect() -> Progress {
        switch unsafe PQconnectPoll(connection) {
        case PGRES_POLLING_OK: .connected
        case PGRES_POLLING_READING: .reading
        case PGRES_POLLING_WRITING: .writing
        default: .failed
        }
    }

    /// Makes the connection one that never blocks and takes many statements a round trip.
    func usePipeline() -> Bool {
        unsafe PQsetnonblocking(connection, 1) == 0 && PQenterPipelineMode(connection) == 1
    }

    /// Lets statements and copies follow that a pipeline cannot have.
    func leavePipeline() -> Bool { unsafe PQexitPipelineMode(connection) == 1 }

    /// Queues statements without parameters, which are one transaction; not in a pipeline.
    func send(simple sql: String) -> Bool { unsafe PQsendQuery(connection, sql) == 1 }

    /// Queues a part of the rows of a copy.
    func copy(_ rows: [UInt8], _ part: Range<Int>) -> Bool {
        unsafe rows.withUnsafeBytes { bytes in
            let part = unsafe UnsafeRawBufferPointer(rebasing: bytes[part])
            let start = unsafe part.baseAddress?.assumingMemoryBound(to: CChar.self)
            return unsafe PQputCopyData(connection, start, Int32(part.count)) == 1
        }
    }

    /// Ends the rows of a copy.
    func endCopy() -> Bool { unsafe PQputCopyEnd(connection, nil) == 1 }

    var socket: Int32 { unsafe PQsocket(connection) }

    var isBroken: Bool { unsafe PQstatus(connection) == CONNECTION_BAD }

    var transactionState: TransactionState {
        switch unsafe PQtransactionStatus(connection) {
        case PQTRANS_IDLE: .idle
        case PQTRANS_INTRANS: .open
        case PQTRANS_INERROR: .failed
        default: .unknown
        }
    }

    /// What libpq says about the last fault, without the password.
    var message: String {
        let text = unsafe String(cString: PQerrorMessage(connection))
        let password = unsafe PQpass(connection).map { unsafe String(cString: $0) } ?? ""
        return PostgresAddress.hiding(password, in: text)
    }

    /// Queues a statement.
    func send(_ statement: PostgresStatement) -> Bool {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(statement.parameters.reduce(1) { $0 + ($1.bytes?.count ?? 0) })
        for parameter in statement.parameters { bytes += parameter.bytes ?? [] }
        // An address also for values without bytes.
        bytes.append(0)
        let lengths = statement.parameters.map { Int32($0.bytes?.count ?? 0) }
        let formats = [Int32](repeating: 1, count: lengths.count)
        return unsafe bytes.withUnsafeBufferPointer { bytes in
            var offset = 0
            var values: [UnsafePointer<CChar>?] = unsafe []
            for parameter in statement.parameters {
                let start = unsafe UnsafeRawPointer(bytes.baseAddress)?.advanced(by: offset)
                unsafe values.append(parameter.bytes == nil ? nil : start?.assumingMemoryBound(to: CChar.self))
                offset += parameter.bytes?.count ?? 0
            }
            return unsafe PQsendQueryParams(
                connection,
                statement.sql,
                Int32(lengths.count),
                statement.parameters.map(\.type),
                values,
                lengths,
                formats,
                1
            ) == 1
        }
    }

    /// Ends the round trip: what was queued before is one transaction, unless one is open.
    func sync() -> Bool { unsafe PQpipelineSync(connection) == 1 }

    /// Sends what is queued: 0 when all is sent, 1 when the socket is full, -1 for a fault.
    func flush() -> Int32 { unsafe PQflush(connection) }

    /// Reads what has come; `false` when the connection is broken.
    func consume() -> Bool { unsafe PQconsumeInput(connection) == 1 }

    /// Whether the next result has not come yet.
    var isWaiting: Bool { unsafe PQisBusy(connection) == 1 }

    /// The next result.
    func nextResult() -> LibPQResult {
        guard let result = unsafe PQgetResult(connection) else { return .end }
        defer { unsafe PQclear(result) }
        return unsafe LibPQResult(result)
    }

    /// What stops a statement of this connection.
    func canceller() -> LibPQCanceller? {
        guard let cancel = unsafe PQgetCancel(connection) else { return nil }
        return unsafe LibPQCanceller(cancel)
    }

    private static func withCStrings<Value>(
        _ texts: [String],
        _ body: ([UnsafePointer<CChar>?]) -> Value
    ) -> Value {
        let bytes = texts.flatMap { Array($0.utf8CString) }
        return unsafe bytes.withUnsafeBufferPointer { bytes in
            var offset = 0
            var pointers: [UnsafePointer<CChar>?] = unsafe []
            for text in texts {
                unsafe pointers.append(bytes.baseAddress?.advanced(by: offset))
                offset += text.utf8.count + 1
            }
            return unsafe body(pointers + [nil])
        }
    }
}
#endif
