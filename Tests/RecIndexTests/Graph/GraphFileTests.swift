import Foundation
import RecCore
import RecIndex
import RecTesting
import Testing

@Suite struct `Index file with a graph` {
    let catalogue = RandomCatalogue(count: 600, dimension: 70, clusters: 8, seed: 11)

    @Test(arguments: [Index.Codes.never, .always])
    func `an opened graph gives the same answers, and the same bytes again`(codes: Index.Codes) throws {
        try withTemporaryFolder { folder in
            let bare = try makeIndex(catalogue.space, catalogue.products)
            var index = try bare.with(codes: codes, graph: true, threads: 1)
            try index.write(to: folder + "/1")
            try makeIndex(catalogue.space, catalogue.products.reversed())
                .with(codes: codes, graph: true, threads: 3).write(to: folder + "/3")
            index.effort = .navigating(candidates: 12)
            let expected = try bytes(of: folder + "/1")
            #expect(expected[8] == 4)
            #expect(try bytes(of: folder + "/3") == expected)
            for checking in [FileChecking.whole, .asUsed] {
                var opened = try Index.open(path: folder + "/1", checking: checking)
                #expect(opened.hasGraph && opened.hasCodes == (codes == .always))
                opened.effort = index.effort
                for item in catalogue.products.prefix(60) {
                    let query = SearchQuery(item.embedding, count: 9)
                    #expect(try opened.neighbors(query) == index.neighbors(query))
                }
                try opened.write(to: folder + "/again")
                #expect(try bytes(of: folder + "/again") == expected)
            }
            try bare.write(to: folder + "/bare")
            #expect(try bytes(of: folder + "/bare")[8] == 2)
        }
    }

    @Test(arguments: ["version-3-graph", "version-3-equal"])
    func `a file of version 3, with a byte for each code, is read and written anew`(name: String) throws {
        let path = try #require(
            Bundle.module.url(forResource: "Fixtures/Persistence/\(name)", withExtension: "index")?.path
        )
        try withTemporaryFolder { folder in
            for checking in [FileChecking.whole, .asUsed] {
                var old = try Index.open(path: path, checking: checking)
                #expect(old.hasGraph)
                try old.write(to: folder + "/new")
                #expect(try bytes(of: folder + "/new")[8] == 4)
                var new = try Index.open(path: folder + "/new", checking: checking)
                for id in old.ids {
                    let embedding = try #require(try old.embedding(of: id))
                    let query = SearchQuery(embedding, count: 5)
                    old.effort = .exact
                    let exact = try old.neighbors(query)
                    (old.effort, new.effort) = (.navigating(candidates: 24), .navigating(candidates: 24))
                    #expect(try old.neighbors(query) == exact)
                    #expect(try new.neighbors(query) == exact)
                }
            }
        }
    }

    @Test(arguments: [1, 2, 3])
    func `a file with any byte changed is reported, or answers as before`(seed: UInt64) throws {
        try withTemporaryFolder { folder in
            let path = folder + "/index"
            var index = try makeIndex(catalogue.space, catalogue.products).with(codes: .never, graph: true)
            try index.write(to: path)
            index.effort = .navigating(candidates: 12)
            let whole = try bytes(of: path)
            let queries = catalogue.products.prefix(6).map { SearchQuery($0.embedding, count: 9) }
            let answers = try queries.map { try index.neighbors($0) }
            var random = SeededGenerator(seed: seed)
            var reported = 0
            for _ in 0..<60 {
                var damaged = whole
                damaged[Int.random(in: 0..<whole.count, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
                try write(damaged, to: path)
                do {
                    var opened = try Index.open(path: path)
                    opened.effort = index.effort
                    for (query, answer) in zip(queries, answers) { #expect(try opened.neighbors(query) == answer) }
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
