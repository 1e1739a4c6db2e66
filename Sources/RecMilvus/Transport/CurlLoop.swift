#if Milvus
internal import CRecCurl
internal import RecCompute
internal import RecFiles

/// The line of calls and the thread that serves them.
///
/// The thread alone touches the pool; others only wake it, as long as it runs.
@safe
final class CurlLoop: @unchecked Sendable {
    /// A call and the task that waits for it.
    struct Job: Sendable {
        let number: UInt64
        let request: GRPCRequest
        let continuation: CheckedContinuation<GRPCReply, any Error>
    }

    private struct State: Sendable {
        var waiting: [Job] = []
        /// The calls that the thread has.
        var running: Set<UInt64> = []
        /// Those of them whose tasks were cancelled.
        var cancelled: [UInt64] = []
        /// Calls whose tasks were cancelled before they came.
        var early: Set<UInt64> = []
        var isClosed = false
    }

    private let state = LockedValue(State())
    private let settings: CurlTransport.Settings
    private let pool: OpaquePointer

    init(_ settings: CurlTransport.Settings) throws {
        guard let pool = unsafe rec_curl_pool_open(settings.connections) else {
            throw GRPCFault(.unreachable, "the system's libcurl cannot make requests by HTTP/2")
        }
        self.settings = settings
        unsafe self.pool = pool
    }

    /// Frees the pool of a loop that never ran.
    func discard() { unsafe rec_curl_pool_close(pool) }

    func submit(_ job: Job) {
        let isWanted = state.withLock { state in
            if state.isClosed || state.early.remove(job.number) != nil { return false }
            state.waiting.append(job)
            unsafe rec_curl_pool_wake(pool)
            return true
        }
        if !isWanted { job.continuation.resume(throwing: CancellationError()) }
    }

    func cancel(_ number: UInt64) {
        let job: Job? = state.withLock { state in
            if let place = state.waiting.firstIndex(where: { $0.number == number }) {
                return state.waiting.remove(at: place)
            }
            if state.running.contains(number) {
                state.cancelled.append(number)
                unsafe rec_curl_pool_wake(pool)
            } else {
                state.early.insert(number)
            }
            return nil
        }
        job?.continuation.resume(throwing: CancellationError())
    }

    /// Ends the bookkeeping of a call that is over.
    func forget(_ number: UInt64) {
        state.withLock { _ = $0.early.remove(number) }
    }

    /// Lets the thread end.
    func close() {
        state.withLock { state in
            guard !state.isClosed else { return }
            state.isClosed = true
            unsafe rec_curl_pool_wake(pool)
        }
    }

    // MARK: On the thread

    /// What the thread alone has.
    private struct Work {
        var calls: [UInt64: CurlCall] = [:]
        /// Whether there is a connection without TLS that further calls can share.
        var isOpen = false
        /// The call that opens one.
        var opener: UInt64?
        /// The calls that wait for it.
        var held: [Job] = []

        /// How long the thread sleeps when nothing wakes it, in milliseconds.
        ///
        /// While a connection is being opened nothing says when it is there. And libcurl 7.88 reads what belongs to several
        /// calls at once, keeps what is longer than 16 KB, and hands it on when it is asked the next time only.
        var patience: Int32 {
            calls.isEmpty ? 60_000 : 2
        }
    }

    /// Serves calls until the loop is closed.
    func run() {
        var work = Work()
        while true {
            let (jobs, cancelled, isClosed) = state.withLock { state in
                defer { (state.waiting, state.cancelled) = ([], []) }
                state.running.formUnion(state.waiting.map(\.number))
                return (state.waiting, state.cancelled, state.isClosed)
            }
            for job in jobs { begin(job, &work, isFresh: job.request.isFresh) }
            for number in cancelled { cancel(number, &work) }
            if isClosed { break }
            expire(&work)
            unsafe rec_curl_pool_perform(pool)
            if collect(&work) { continue }
            unsafe rec_curl_pool_wait(pool, work.patience)
        }
        for call in work.calls.values { end(call, .failure(CancellationError())) }
        for job in work.held { end(job, .failure(CancellationError())) }
        // Nobody wakes a closed loop any more.
        unsafe rec_curl_pool_close(pool)
    }

    /// Begins a call; without TLS, one call opens a connection, and others wait until it is there.
    private func begin(_ job: Job, _ work: inout Work, isFresh: Bool) {
        if work.opener != nil { return work.held.append(job) }
        guard job.request.end > .now else { return end(job, .failure(Self.late)) }
        let isOpener = settings.isPlain && (isFresh || !work.isOpen)
        guard let call = unsafe CurlCall(job, settings, pool, isFresh: isFresh || isOpener) else {
            return end(job, .failure(GRPCFault(.unreachable, "memory is short")))
        }
        if isOpener { work.opener = job.number }
        work.calls[job.number] = call
    }

    private func cancel(_ number: UInt64, _ work: inout Work) {
        if let place = work.held.firstIndex(where: { $0.number == number }) {
            return end(work.held.remove(at: place), .failure(CancellationError()))
        }
        guard let call = work.calls.removeValue(forKey: number) else { return }
        end(call, .failure(CancellationError()))
        if work.opener == number { release(&work, isOpen: false) }
    }

    /// Ends the calls that wait for a connection longer than they may: libcurl does not know of those that are held, and
    /// forgets the time of one that waits for the old connection to be free.
    private func expire(_ work: inout Work) {
        guard let opener = work.opener else { return }
        let now = ContinuousClock.now
        let overdue = work.held.filter { $0.request.end <= now }
        work.held.removeAll { $0.request.end <= now }
        for job in overdue { end(job, .failure(Self.late)) }
        guard let call = work.calls[opener], call.job.request.end <= now else { return }
        work.calls[opener] = nil
        end(call, .failure(Self.late))
        release(&work, isOpen: false)
    }

    private static let late = GRPCFault(.deadline, "it waited for a connection")

    /// Ends the calls that have ended; answers whether there may be more to do, since the bytes of others may have come
    /// with theirs.
    private func collect(_ work: inout Work) -> Bool {
        var hasMore = false
        var status = REC_CURL_OK
        while let handle = unsafe rec_curl_pool_ended(pool, &status) {
            guard let call = unsafe work.calls.removeValue(forKey: rec_curl_call_number(handle)) else { continue }
            let isOpener = work.opener == call.job.number
            hasMore = true
            if call.lacksConnection {
                unsafe call.close(pool)
                work.isOpen = false
                begin(call.job, &work, isFresh: true)
                continue
            }
            if status != REC_CURL_OK, status != REC_CURL_TIMEOUT, status != REC_CURL_TOO_LARGE { work.isOpen = false }
            if isOpener { release(&work, isOpen: status == REC_CURL_OK) }
            end(call, call.result(status))
        }
        if let opener = work.opener, work.calls[opener]?.isUnderWay == true {
            release(&work, isOpen: true)
            hasMore = true
        }
        return hasMore
    }

    /// Lets the calls go that waited for a connection.
    private func release(_ work: inout Work, isOpen: Bool) {
        work.opener = nil
        work.isOpen = isOpen
        let held = work.held
        work.held = []
        // A connection that was just opened is fresh enough for all.
        for job in held { begin(job, &work, isFresh: !isOpen && job.request.isFresh) }
    }

    private func end(_ call: CurlCall, _ result: Result<GRPCReply, any Error>) {
        unsafe call.close(pool)
        end(call.job, result)
    }

    private func end(_ job: Job, _ result: Result<GRPCReply, any Error>) {
        state.withLock { _ = $0.running.remove(job.number) }
        job.continuation.resume(with: result)
    }
}
#endif
