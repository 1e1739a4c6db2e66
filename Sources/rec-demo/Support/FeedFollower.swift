#if Postgres
import RecCore
import RecMetadata
import RecPostgres

/// Applies the changes of a table to an index, and keeps how far it came.
///
/// The mark is stored after the index has acknowledged the changes. Whoever is killed in between applies them again, which
/// has no effect: changes are products as they are, not steps.
struct FeedFollower: Sendable {
    /// What was done at once.
    struct Step: Sendable {
        var written = 0
        var removed = 0
        /// Products that could not be embedded, or not wholly.
        var failures: [String] = []
    }

    let feed: PostgresFeed
    let embedder: IndexedEmbedder
    let file: MarkFile
    /// Whether the log loses what is applied.
    let forgets: Bool
    /// Gets what was done, when it is done.
    let report: @Sendable (Step) throws -> Void

    private static let batch = 200

    /// Makes the index as the table is, where there is no mark to go on from, and applies changes: as they come, or those
    /// that there are when no interval is given.
    ///
    /// A stored mark that is of no use any more, as after the database was restored, is given up.
    func run(_ index: some MutableSimilarityIndex, every interval: Duration?) async throws {
        let hasMark = try file.read() != nil
        do {
            try await follow(index, from: try await start(index), every: interval)
        } catch let error as RecError where error.code == .feedUnavailable && hasMark {
            Console.note("\(error.message) That is done now.")
            try file.remove()
            try await follow(index, from: try await start(index), every: interval)
        }
    }

    /// The mark to go on from; without one the index is made as the table is.
    private func start(_ index: some MutableSimilarityIndex) async throws -> PostgresFeed.Mark {
        // An index that is empty was made anew.
        if let mark = try file.read(), try await index.productCount() > 0 { return mark }
        try await feed.install()
        let mark = try await feed.mark()
        let catalogue = try await feed.catalogue.read()
        Console.note(catalogue.report.summary())
        var step = Step()
        let products = catalogue.products
        for first in stride(from: 0, to: products.count, by: Self.batch) {
            let part = Array(products[first..<min(first + Self.batch, products.count)])
            let present = try await index.products(part.map(\.id), ProductContents(product: true))
            let changed = zip(part, present).filter { $0 != $1?.product }.map(\.0)
            if !changed.isEmpty { try await apply(changed, [], to: index, &step) }
        }
        let wanted = Set(products.map(\.id))
        var last: ProductID?
        while true {
            let page = try await index.ids(after: last, count: 1_000)
            guard let end = page.last else { break }
            let gone = page.filter { !wanted.contains($0) }
            if !gone.isEmpty { try await apply([], gone, to: index, &step) }
            last = end
        }
        try file.write(mark)
        try report(step)
        return mark
    }

    private func follow(
        _ index: some MutableSimilarityIndex,
        from mark: PostgresFeed.Mark,
        every interval: Duration?
    ) async throws {
        @Sendable func take(_ changes: PostgresFeed.Changes) async throws {
            var step = Step()
            try await apply(changes.products, changes.removed, to: index, waiting: interval, &step)
            try file.write(changes.mark)
            try report(step)
            if forgets { try await forget(through: changes.mark) }
        }
        guard let interval else {
            var mark = mark
            while true {
                let changes = try await feed.changes(since: mark, count: Self.batch)
                if changes.mark != mark { try await take(changes) }
                mark = changes.mark
                guard changes.hasMore else { return }
            }
        }
        let outage = OutageNotes("changes")
        try await feed.follow(
            from: mark,
            every: interval,
            count: Self.batch,
            failed: { outage.note($0) },
            apply: { try await take($0) }
        )
    }

    /// Removes what is applied from the log; while the database is away, that is left to the next changes.
    private func forget(through mark: PostgresFeed.Mark) async throws {
        do {
            try await feed.forget(through: mark)
        } catch let error where PostgresFailure.isPassing(error) {
            Console.note("The log keeps changes for now: \(error)")
        }
    }

    /// Changes the index; with a pause, waits while its engine cannot be reached, since a change that is made twice has
    /// the effect of one.
    private func apply(
        _ products: [Product],
        _ removed: [ProductID],
        to index: some MutableSimilarityIndex,
        waiting pause: Duration? = nil,
        _ step: inout Step
    ) async throws {
        let (embedded, failures) = products.isEmpty ? ([], []) : try await embedder.embed(products)
        // What cannot be embedded as it is now must not be found as it was.
        let lost = Set(products.map(\.id)).subtracting(embedded.map(\.product.id))
        let outage = OutageNotes("the index")
        while true {
            do {
                step.removed += try await index.change(upserting: embedded, removing: removed + lost.sorted())
                break
            } catch let error where pause != nil && PostgresFailure.isPassing(error) {
                outage.note(error)
                try await Task.sleep(for: pause ?? .zero)
            }
        }
        step.written += embedded.count
        step.failures += failures
    }
}
#endif
