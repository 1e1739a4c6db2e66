internal import RecCore

extension MilvusCollection {
    /// The most rows of one answer of Milvus.
    static let mostRows = 16_384

    /// The most rows whose vectors come in one answer.
    var rowsInAnswer: Int { min(max((8 << 20) / (layout.dimension * 4 + 512), 16), 4096) }

    /// Queries rows.
    func query(
        _ filter: String,
        _ fields: [String],
        _ moment: ReadMoment,
        count: Int? = nil,
        isOrdered: Bool = false
    ) async throws -> [MilvusColumn] {
        var parameters: [(key: String, value: String)] = []
        if let count { parameters.append(("limit", "\(count)")) }
        if isOrdered { parameters.append(("iterator", "True")) }
        return try await call(
            QueryRequest(path, filter: filter, fields: fields, moment: moment, parameters: parameters)
        ).columns
    }

    /// The number of rows that meet a condition.
    func count(_ filter: String, _ moment: ReadMoment) async throws -> Int {
        let columns = try await query(filter, ["count(*)"], moment)
        return Int(clamping: columns.integers("count(*)")?.first ?? 0)
    }

    /// The rows of some products, in no order, without those that are not there.
    func rows(_ ids: [ProductID], withVectors: Bool, _ moment: ReadMoment) async throws -> [MilvusRow] {
        let fields =
            [MilvusRow.Field.pattern, MilvusRow.Field.product] + (withVectors ? [MilvusRow.Field.vector] : [])
        let size = rowsInAnswer
        let parts = stride(from: 0, to: ids.count, by: size).map { Array(ids[$0..<min($0 + size, ids.count)]) }
        return try await concurrently(parts) { part in
            let filter = MilvusExpression.isOne(of: part)
            return try MilvusRow.rows(await self.query(filter, fields, moment), self.layout)
        }.flatMap(\.self)
    }

    /// The products after a given one, in the order of their identifiers, with some fields.
    func page<Item>(
        after id: ProductID?,
        count limit: Int,
        _ fields: [String],
        _ moment: ReadMoment,
        _ body: ([ProductID], [MilvusColumn]) throws -> [Item]
    ) async throws -> [Item] {
        var page: [Item] = []
        // No identifier of the collection has the character NUL, so nothing lies between a text and one with it.
        var last = id.map { $0.rawValue.split(separator: "\0", omittingEmptySubsequences: false)[0] }.map(String.init)
        while page.count < limit {
            let count = min(limit - page.count, Self.mostRows)
            let fields = [MilvusRow.Field.id, MilvusRow.Field.pattern] + fields
            let columns = try await query(
                last.flatMap { MilvusToken.quoted($0) }.map { "id > \($0)" } ?? MilvusExpression.everything,
                fields,
                moment,
                count: count,
                isOrdered: true
            )
            let ids = (columns.texts(MilvusRow.Field.id) ?? []).map { ProductID($0) }
            try layout.check(patterns: columns.integers(MilvusRow.Field.pattern) ?? [])
            page += try body(ids, columns)
            guard ids.count == count else { break }
            last = ids.max()?.rawValue
        }
        return page
    }

    /// Calls a function with the rows that meet a condition, in the order of the identifiers.
    func scan(_ filter: String, _ moment: ReadMoment, _ body: ([MilvusRow]) throws -> Void) async throws {
        let fields = [MilvusRow.Field.pattern, MilvusRow.Field.product, MilvusRow.Field.vector]
        var last: String?
        while true {
            try Task.checkCancellation()
            let after = last.flatMap { MilvusToken.quoted($0) }.map { "id > \($0)" } ?? MilvusExpression.everything
            let rows = try MilvusRow.rows(
                await query(
                    MilvusExpression.both(after, filter),
                    fields,
                    moment,
                    count: rowsInAnswer,
                    isOrdered: true
                ),
                layout
            )
            try body(rows)
            guard rows.count == rowsInAnswer else { return }
            last = rows.map(\.id).max()?.rawValue
        }
    }
}

// MARK: - What is known of products

extension MilvusCollection {
    /// Those of some names that are names of attributes of a product.
    func names(_ names: [String], _ moment: ReadMoment) async throws -> [String] {
        let present = try await concurrently(names) { try await self.hasWord(MilvusToken.name($0), moment) }
        return zip(names, present).filter(\.1).map(\.0)
    }

    /// Whether a product has a word.
    func hasWord(_ word: String, _ moment: ReadMoment) async throws -> Bool {
        let columns = try await query(MilvusExpression.hasAny([word]), [MilvusRow.Field.id], moment, count: 1)
        return columns.texts(MilvusRow.Field.id)?.isEmpty == false
    }

    /// Learns patterns that were not known; answers whether there were any.
    func learnPatterns(_ moment: ReadMoment) async throws -> Bool {
        let known = knowledge.patterns
        let filter = MilvusExpression.isNone(MilvusRow.Field.pattern, of: known)
        let columns = try await query(filter, [MilvusRow.Field.pattern], moment, count: 100)
        let found = columns.integers(MilvusRow.Field.pattern) ?? []
        try layout.check(patterns: found)
        learn { $0.learn(patterns: found) }
        return !found.isEmpty
    }

    /// Learns shapes that were not known; answers whether there were any.
    func learnShapes(_ moment: ReadMoment) async throws -> Bool {
        let known = knowledge.shapes.keys.sorted()
        let fields = [MilvusRow.Field.pattern, MilvusRow.Field.shape, MilvusRow.Field.product]
        let filter = MilvusExpression.isNone(MilvusRow.Field.shape, of: known)
        let columns = try await query(filter, fields, moment, count: 1000)
        let rows = try MilvusRow.rows(columns, layout)
        let numbers = columns.integers(MilvusRow.Field.shape) ?? []
        guard numbers.count == rows.count else { throw MilvusRow.damage }
        var shapes: [Int64: MilvusShape] = [:]
        for (number, row) in zip(numbers, rows) where shapes[number] == nil {
            shapes[number] = MilvusShape(try row.product, row.codes, pattern: row.pattern, layout.space)
        }
        learn { [shapes] in $0.learn(shapes) }
        return !rows.isEmpty
    }

    /// Learns how many numbers products have of an attribute; answers whether there are more than were known.
    func learnNumberCount(of attribute: String, _ moment: ReadMoment) async throws -> Bool {
        let known = knowledge.numberCount(of: attribute)
        guard known < MilvusRow.mostNumbers, try await hasWord(MilvusToken.number(known, of: attribute), moment) else {
            return false
        }
        learn { $0.learn(numberCount: min(known * 4, MilvusRow.mostNumbers), of: attribute) }
        return true
    }
}
