public import RecCore

extension MilvusIndex: MutableSimilarityIndex {
    /// The most bytes of a request, about.
    private static let requestBytes = 16 << 20

    /// The most identifiers of a request.
    private static let removals = 4096

    /// Adds products, or replaces those with the same identifiers, and removes others.
    ///
    /// Many a call are faster than one: a call makes requests of some megabytes, one after another, and then one for the
    /// removals. Milvus has no transactions: when a call throws because of the server, a part of the change may have been
    /// made. Making the change again is safe and completes it.
    ///
    /// - Returns: The number of products that were removed; those that others added in the last second may be missing.
    /// - Throws: `RecError`, as `MutableSimilarityIndex` says: `invalidProduct` also for an identifier of more than 65,535
    ///   bytes or with the character NUL, and for more than 64 numbers of an attribute or some 48,000 bytes of texts, with
    ///   nothing changed; `unfinishedIndex`, `collectionReplaced`, `unreachable` and `deadlineExceeded`.
    @discardableResult
    public func change(upserting products: [EmbeddedProduct], removing ids: [ProductID]) async throws -> Int {
        let removed = Set(ids)
        var places: [ProductID: Int] = [:]
        var kept: [EmbeddedProduct] = []
        for item in products {
            try space.validate(item.embedding)
            if let place = places[item.product.id] {
                kept[place] = item
            } else {
                places[item.product.id] = kept.count
                kept.append(item)
            }
        }
        let layout = collection.layout
        var rows: [RowDocument] = []
        rows.reserveCapacity(kept.count)
        for item in kept {
            let row = try RowDocument(item, layout)
            if !removed.contains(item.product.id) { rows.append(row) }
        }
        let gone = removed.filter(\.isStorable).sorted()
        guard !rows.isEmpty || !gone.isEmpty else { return 0 }
        try await collection.check()
        collection.learn(rows)
        for part in rows.chunks(of: Self.requestBytes, size: { $0.byteCount + layout.dimension * 4 }) {
            try Task.checkCancellation()
            let columns = MilvusRow.columns(part, layout)
            let answer = try await collection.call(
                UpsertRequest(collection.path, columns: columns, rows: part.count)
            )
            collection.learn { $0.learn(changeAt: answer.time) }
        }
        return try await remove(gone)
    }

    private func remove(_ ids: [ProductID]) async throws -> Int {
        var count = 0
        let least = Self.requestBytes / Self.removals
        for part in ids.chunks(of: Self.requestBytes, size: { max($0.rawValue.utf8.count, least) }) {
            try Task.checkCancellation()
            let filter = MilvusExpression.isOne(of: part)
            // Counting must see the changes of this process, whatever searches see.
            let found = try await collection.query(filter, [MilvusRow.Field.id], moment(.session))
            count += found.texts(MilvusRow.Field.id)?.count ?? 0
            let answer = try await collection.call(DeleteRequest(collection.path, filter: filter))
            collection.learn { $0.learn(changeAt: answer.time) }
        }
        return count
    }
}

extension MilvusCollection {
    /// Learns what rows that are about to be written have.
    fileprivate func learn(_ rows: [RowDocument]) {
        learn { knowledge in
            knowledge.learn(patterns: rows.lazy.map(\.pattern))
            for row in rows {
                for (attribute, count) in row.numberCounts { knowledge.learn(numberCount: count, of: attribute) }
            }
        }
    }
}

extension Array {
    /// Parts whose elements have some size together at most; one element may have more.
    fileprivate func chunks(of most: Int, size: (Element) -> Int) -> [ArraySlice<Element>] {
        var chunks: [ArraySlice<Element>] = []
        var (start, total) = (startIndex, 0)
        for index in indices {
            let next = size(self[index])
            if index > start, total + next > most {
                chunks.append(self[start..<index])
                (start, total) = (index, 0)
            }
            total += next
        }
        if start < endIndex { chunks.append(self[start...]) }
        return chunks
    }
}
