import RecCore
import RecIndex
import RecTesting
import Testing

@Suite struct `Feature journal` {
    let recipe: Recipe = ["backbone": "one"]
    let otherRecipe: Recipe = ["backbone": "two"]

    @Test func `features that were stored are there in the next run`() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/journal"
            let vectors = try (0..<20).map { try vector($0, recipe) }
            do {
                let journal = try FeatureJournal(path: path)
                for (number, vector) in vectors.enumerated() { try journal.store(vector, for: "key \(number)") }
                #expect(journal.features(for: "key 3", recipe: recipe) == vectors[3])
            }
            let journal = try FeatureJournal(path: path)
            #expect(journal.count == 20)
            for (number, vector) in vectors.enumerated() {
                #expect(journal.features(for: "key \(number)", recipe: recipe) == vector)
            }
            #expect(journal.features(for: "key 20", recipe: recipe) == nil)
        }
    }

    @Test func `one recipe never gets the features of another`() throws {
        try withTemporaryFolder { folder in
            let one = try vector(1, recipe)
            let two = try vector(2, otherRecipe)
            do {
                let journal = try FeatureJournal(path: folder + "/journal")
                try journal.store(one, for: "key")
                #expect(journal.features(for: "key", recipe: otherRecipe) == nil)
                try journal.store(two, for: "key")
            }
            let journal = try FeatureJournal(path: folder + "/journal")
            #expect(journal.features(for: "key", recipe: recipe) == one)
            #expect(journal.features(for: "key", recipe: otherRecipe) == two)
        }
    }

    @Test func `keys in two Unicode forms are two keys`() throws {
        try withTemporaryFolder { folder in
            let (one, two) = (try vector(1, recipe), try vector(2, recipe))
            let journal = try FeatureJournal(path: folder + "/journal")
            try journal.store(one, for: "caf\u{E9}.jpg")
            #expect(journal.features(for: "cafe\u{301}.jpg", recipe: recipe) == nil)
            try journal.store(two, for: "cafe\u{301}.jpg")
            #expect(journal.features(for: "caf\u{E9}.jpg", recipe: recipe) == one)
            #expect(journal.features(for: "cafe\u{301}.jpg", recipe: recipe) == two)
        }
    }

    @Test func `what is stored later wins`() throws {
        try withTemporaryFolder { folder in
            do {
                let journal = try FeatureJournal(path: folder + "/journal")
                try journal.store(try vector(1, recipe), for: "key")
                try journal.store(try vector(2, recipe), for: "key")
            }
            let journal = try FeatureJournal(path: folder + "/journal")
            #expect(journal.features(for: "key", recipe: recipe) == (try vector(2, recipe)))
        }
    }

    @Test func `a torn tail costs its record only and is overwritten by the next one`() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/journal"
            let whole = try journalBytes(path, count: 3)
            let two = try journalBytes(path + "2", count: 2)
            #expect(Array(whole.prefix(two.count)) == two)
            for count in stride(from: 0, to: whole.count, by: 3) {
                try write(Array(whole[..<count]), to: path)
                do {
                    let journal = try FeatureJournal(path: path)
                    #expect(journal.count == (count >= two.count ? 2 : journal.count) && journal.count < 3)
                    for number in 0..<3 { try journal.store(try vector(number, recipe), for: "key \(number)") }
                }
                let journal = try FeatureJournal(path: path)
                #expect(journal.count == 3)
                for number in 0..<3 {
                    #expect(journal.features(for: "key \(number)", recipe: recipe) == (try vector(number, recipe)))
                }
            }
        }
    }

    @Test func `a changed byte never gives other features`() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/journal"
            let whole = try journalBytes(path, count: 3)
            for position in 16..<whole.count {
                var damaged = whole
                damaged[position] ^= 0x10
                try write(damaged, to: path)
                let journal = try FeatureJournal(path: path)
                #expect(journal.count < 3)
                for number in 0..<3 {
                    let features = journal.features(for: "key \(number)", recipe: recipe)
                    #expect(try features == nil || features == vector(number, recipe))
                }
            }
        }
    }

    @Test func `a file that is no journal is refused and left as it is`() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/precious"
            let precious = Array("id,gender\n1,Men\n".utf8)
            try write(precious, to: path)
            let error = #expect(throws: RecError.self) { try FeatureJournal(path: path) }
            #expect(error?.code == .foreignFile)
            #expect(try bytes(of: path) == precious)
            var newer = try journalBytes(folder + "/newer", count: 1)
            newer[8] = 9
            try write(newer, to: folder + "/newer")
            let version = #expect(throws: RecError.self) { try FeatureJournal(path: folder + "/newer") }
            #expect(version?.code == .unsupportedVersion)
            #expect(try bytes(of: folder + "/newer") == newer)
        }
    }

    @Test func `two values cannot hold one journal`() throws {
        try withTemporaryFolder { folder in
            let first = try FeatureJournal(path: folder + "/journal")
            let error = #expect(throws: RecError.self) { try FeatureJournal(path: folder + "/journal") }
            #expect(error?.code == .inUse)
            try first.store(try vector(1, recipe), for: "key")
        }
    }

    @Test func `a journal grows to its limit and no further`() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/journal"
            let journal = try FeatureJournal(path: path, maximumSize: 200)
            var stored = 0
            let error = #expect(throws: RecError.self) {
                while true {
                    try journal.store(try vector(stored, recipe), for: "key \(stored)")
                    stored += 1
                }
            }
            #expect(error?.code == .unwritable)
            #expect(stored > 0 && journal.count == stored)
            #expect(try bytes(of: path).count <= 200)
        }
    }

    @Test func `the key of a picture changes with its content and is nil without a file`() throws {
        try withTemporaryFolder { folder in
            let path = folder + "/1.jpg"
            #expect(FeatureJournal.key(ofFile: path) == nil)
            try write([1, 2, 3], to: path)
            let key = try #require(FeatureJournal.key(ofFile: path))
            #expect(FeatureJournal.key(ofFile: path) == key)
            try write([1, 2, 3, 4], to: path)
            #expect(FeatureJournal.key(ofFile: path) != key)
            let journal = try FeatureJournal(path: folder + "/journal")
            #expect(journal.key(of: Product(id: "1", picture: path)) == FeatureJournal.key(ofFile: path))
            #expect(journal.key(of: Product(id: "1")) == nil)
        }
    }

    private func vector(_ number: Int, _ recipe: Recipe) throws -> DenseVector {
        try DenseVector(normalizing: [1, Float(number), -0.5], recipe: recipe)
    }

    private func journalBytes(_ path: String, count: Int) throws -> [UInt8] {
        let journal = try FeatureJournal(path: path)
        for number in 0..<count { try journal.store(try vector(number, recipe), for: "key \(number)") }
        return try bytes(of: path)
    }
}
