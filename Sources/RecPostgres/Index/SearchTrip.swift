/// The statements of some queries that one transaction runs.
struct SearchTrip {
    /// The statements; those that ask whether attributes are known come first.
    private(set) var statements: [PostgresStatement]

    /// Which of the statements are those of a query.
    private(set) var owners: [(job: Int, range: Range<Int>)] = []

    /// - Parameters:
    ///   - presence: The statements that ask whether attributes are known.
    ///   - jobs: Searches that are not finished, by number.
    ///   - graphSettings: Prepares the transaction for searches by the graph, which therefore come last.
    /// - Throws: `RecError` with code `invalidText`.
    init(
        presence: [PostgresStatement],
        jobs: [(number: Int, job: QueryJob)],
        graphSettings: PostgresStatement
    ) throws {
        statements = presence
        for item in jobs where !item.job.isNear { try append(item.job, item.number) }
        guard jobs.contains(where: { $0.job.isNear }) else { return }
        statements.append(graphSettings)
        for item in jobs where item.job.isNear { try append(item.job, item.number) }
    }

    private mutating func append(_ job: QueryJob, _ number: Int) throws {
        let next = try job.next()
        owners.append((number, statements.count..<statements.count + next.count))
        statements += next
    }
}
