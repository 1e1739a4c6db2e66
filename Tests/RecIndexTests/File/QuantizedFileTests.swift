import RecCore
import RecIndex
import RecTesting
import Testing

@Suite struct `Quantized index file` {
    let catalogue = RandomCatalogue(count: 300, dimension: 70, clusters: 8, seed: 11)

    @Test func `an opened index answers with the same bits, and knows the same products`() throws {
        try withTemporaryFolder { folder in
            let exact = try makeIndex(catalogue.space, catalogue.products, notes: ["made by": "a test"])
            try exact.with(codes: .always).write(to: folder + "/index")
            for checking in [FileChecking.whole, .asUsed] {
                let opened = try Index.open(
                    path: folder + "/index",
                    expecting: catalogue.space.blocks,
                    checking: checking
                )
                #expect(opened.ids == exact.ids)
                #expect(opened.notes == exact.notes)
                for item in catalogue.products.prefix(40) {
                    #expect(opened.product(item.product.id) == item.product)
                    #expect(try opened.embedding(of: item.product.id) == item.embedding)
                    let query = SearchQuery(item.embedding, count: 9)
                    #expect(try opened.neighbors(query) == exact.neighbors(query))
                }
            }
            // An exact index reads the same file.
            let query = SearchQuery(catalogue.queries[0], count: 9)
            #expect(
                try Index.open(path: folder + "/index", checking: .whole).neighbors(query) == exact.neighbors(query)
            )
        }
    }

    @Test func `any number of threads gives the same bytes`() throws {
        try withTemporaryFolder { folder in
            let exact = try makeIndex(catalogue.space, catalogue.products)
            let reversed = try makeIndex(catalogue.space, catalogue.products.reversed())
            try exact.with(codes: .always, threads: 1).write(to: folder + "/1")
            try reversed.with(codes: .always, threads: 3).write(to: folder + "/3")
            try Index.open(path: folder + "/1").write(to: folder + "/again")
            let expected = try bytes(of: folder + "/1")
            #expect(try bytes(of: folder + "/3") == expected)
            #expect(try bytes(of: folder + "/again") == expected)
        }
    }

    @Test(arguments: [1, 2, 3, 4])
    func `a file with any byte changed is reported, or answers as before`(seed: UInt64) throws {
        try withTemporaryFolder { folder in
            let path = folder + "/index"
            let exact = try makeIndex(catalogue.space, catalogue.products)
            try exact.with(codes: .always).write(to: path)
            let whole = try bytes(of: path)
            let queries = catalogue.products.prefix(6).map { SearchQuery($0.embedding, count: 9) }
            let answers = try queries.map { try exact.neighbors($0) }
            var random = SeededGenerator(seed: seed)
            var reported = 0
            for _ in 0..<60 {
                var damaged = whole
                damaged[Int.random(in: 0..<whole.count, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
                try write(damaged, to: path)
                do {
                    let index = try Index.open(path: path)
                    for (query, answer) in zip(queries, answers) { #expect(try index.neighbors(query) == answer) }
                } catch let error as RecError {
                    reported += 1
                    #expect(error.path == path)
                }
            }
            #expect(reported > 10)
            for count in stride(from: 0, to: whole.count, by: whole.count / 40) {
                try write(Array(whole[..<count]), to: path)
                #expect(throws: RecError.self) { try Index.open(path: path) }
            }
        }
    }
}
