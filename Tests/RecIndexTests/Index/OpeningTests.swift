import RecCore
import RecIndex
import RecTesting
import Testing

@Suite struct `Opening an index` {
    private let catalogue = RandomCatalogue(count: 120, dimension: 32, clusters: 4, seed: 14)

    /// What may lie at a path.
    enum Written: CaseIterable {
        case fileWithCodes, fileWithoutCodes, liveFolder
    }

    @Test(arguments: Written.allCases)
    func `whatever was written is opened and answers with the same bits`(written: Written) throws {
        try withTemporaryFolder { folder in
            let path = folder + "/index"
            let exact = try makeIndex(catalogue.space, catalogue.products)
            switch written {
            case .fileWithCodes: try exact.with(codes: .always).write(to: path)
            case .fileWithoutCodes: try exact.write(to: path)
            case .liveFolder:
                let live = try LiveIndex(path: path, space: catalogue.space)
                try live.upsert(catalogue.products.prefix(70))
                try live.compact()
                try live.upsert(catalogue.products.dropFirst(70))
            }
            let index = try Index.open(path: path, expecting: catalogue.space.blocks)
            #expect(index.hasCodes == (written == .fileWithCodes))
            #expect(index.version == (written == .liveFolder ? 2 : 0))
            #expect(index.ids == exact.ids)
            #expect(index.attributes == exact.attributes)
            for query in catalogue.queries {
                let query = SearchQuery(query, count: 20)
                #expect(try index.neighbors(query) == exact.neighbors(query))
            }
            // Written anew, it is the file of the same products.
            try index.with(codes: .never).write(to: folder + "/again")
            try exact.write(to: folder + "/exact")
            #expect(try bytes(of: folder + "/again") == bytes(of: folder + "/exact"))
        }
    }

    @Test(arguments: Written.allCases)
    func `other blocks than are expected are refused`(written: Written) throws {
        try withTemporaryFolder { folder in
            let path = folder + "/index"
            if written == .liveFolder {
                _ = try LiveIndex(path: path, space: catalogue.space)
            } else {
                let codes: Index.Codes = written == .fileWithCodes ? .always : .never
                try makeIndex(catalogue.space, catalogue.products).with(codes: codes).write(to: path)
            }
            let other = RandomCatalogue(count: 1, dimension: 32, seed: 15).space.blocks
            let error = #expect(throws: RecError.self) { try Index.open(path: path, expecting: other) }
            #expect(error?.code == .recipeMismatch)
        }
    }

    @Test func `codes come by themselves from the documented size on`() throws {
        #expect(Index.leastCoded == 1000)
        let catalogue = RandomCatalogue(count: 1000, dimension: 16, clusters: 4, seed: 16)
        for (count, codes, hasCodes) in [
            (999, Index.Codes.automatic, false), (1000, .automatic, true), (1000, .never, false), (60, .always, true),
        ] {
            var builder = IndexBuilder(space: catalogue.space, capacity: count)
            for item in catalogue.products.prefix(count) { try builder.add(item.product, item.embedding) }
            let index = try builder.build(codes: codes)
            #expect(index.hasCodes == hasCodes)
            #expect(index.count == count)
        }
    }

    @Test func `adding codes keeps notes and effort, and codes that there are`() throws {
        var index = try makeIndex(catalogue.space, catalogue.products, notes: ["made by": "a test"])
        index.effort = .bounded(share: 0.5)
        let coded = try index.with(codes: .always)
        #expect(coded.notes == index.notes && coded.effort == index.effort && coded.hasCodes)
        // What has codes is not described anew, so nothing is reported.
        let same = try coded.with(codes: .automatic)
        #expect(same.hasCodes)
        #expect(try !coded.with(codes: .never).hasCodes)
    }
}
