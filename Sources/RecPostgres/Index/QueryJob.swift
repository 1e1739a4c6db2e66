internal import RecCore

/// The search for one query of any kind, as a sequence of round trips.
struct QueryJob {
    private enum Step {
        case plain(SearchJob)
        /// A search with groups by a window, or near the query in the graph.
        case window(GroupJob)
        /// A search with groups near the query in the graph, where a window is of no use.
        case near(SearchJob, GroupedSearch)
        /// Searches without groups, one after another.
        case loop(SearchJob, GroupedSearch)
        case finished([Neighbor])
    }

    private let query: SearchQuery
    private let layout: TableLayout
    private let tieBytes: Int
    private var step: Step

    /// - Parameters:
    ///   - query: The query.
    ///   - layout: The table.
    ///   - candidates: The products of an approximate search; `nil` for an exact one.
    ///   - tieBytes: What rows that are fetched to settle a tie may take, roughly.
    /// - Throws: `RecError` with code `invalidWeight`.
    init(_ query: SearchQuery, _ layout: TableLayout, candidates: Int?, tieBytes: Int) throws(RecError) {
        self.query = query
        self.layout = layout
        self.tieBytes = tieBytes
        guard !query.groups.isEmpty else {
            let job = try SearchJob(query, layout, candidates: candidates, tieBytes: tieBytes)
            step = job.isFinished ? .finished(job.answer) : .plain(job)
            return
        }
        step = .finished([])
        var search = GroupedSearch(query)
        if let job = try GroupJob(query, layout, candidates: candidates) {
            step = .window(job)
        } else if candidates != nil, let next = search.next() {
            step = .near(try SearchJob(next, layout, candidates: candidates, tieBytes: tieBytes), search)
        } else {
            try loop(GroupedSearch(query))
        }
    }

    private mutating func loop(_ search: GroupedSearch) throws(RecError) {
        var search = search
        while let next = search.next() {
            let job = try SearchJob(next, layout, candidates: nil, tieBytes: tieBytes)
            guard job.isFinished else {
                step = .loop(job, search)
                return
            }
            search.receive(job.answer)
        }
        step = .finished(search.answer)
    }

    /// The statements of the next round trip; empty when the answer is complete.
    ///
    /// - Throws: `RecError` with code `invalidText`.
    func next() throws(RecError) -> [PostgresStatement] {
        switch step {
        case .plain(let job), .near(let job, _), .loop(let job, _): try job.next()
        case .window(let job): [try job.statement()]
        case .finished: []
        }
    }

    /// Takes the answers to those statements.
    ///
    /// - Throws: `RecError` for rows that cannot be used, or that changed too often.
    mutating func receive(_ answers: [[PostgresRow]]) throws(RecError) {
        switch step {
        case .plain(var job):
            try job.receive(answers)
            step = job.isFinished ? .finished(job.answer) : .plain(job)
        case .near(var job, var search):
            try job.receive(answers)
            if job.isFinished {
                search.receive(job.answer)
                if search.next() == nil {
                    step = .finished(search.answer)
                    return
                }
            }
            // Too few products: all are compared.
            try loop(GroupedSearch(query))
        case .window(let job):
            if let answer = try job.answer(answers[0]) {
                step = .finished(answer)
            } else {
                try loop(GroupedSearch(query))
            }
        case .loop(var job, var search):
            try job.receive(answers)
            guard job.isFinished else {
                step = .loop(job, search)
                return
            }
            search.receive(job.answer)
            try loop(search)
        case .finished:
            break
        }
    }

    /// Whether the next round trip walks the graph.
    var isNear: Bool {
        switch step {
        case .plain(let job), .near(let job, _), .loop(let job, _): job.isNear
        case .window(let job): job.isNear
        case .finished: false
        }
    }

    /// Whether the answer is complete.
    var isFinished: Bool { if case .finished = step { true } else { false } }

    /// The answer once it is complete.
    var answer: [Neighbor] { if case .finished(let answer) = step { answer } else { [] } }
}
