import RecCore
import RecNetwork
import Testing

@Suite struct `Hostile archives` {
    private let pickle = PickleBuilder.tensor(count: 4, shape: [4], strides: [1])
    private let storage = [UInt8](repeating: 0, count: 16)

    @Test func `records that overlap are refused`() throws {
        var builder = ZipBuilder()
        builder.add("archive/data.pkl", pickle)
        builder.add("archive/data/0", storage)
        builder.add("archive/data/1", storage, headerOffset: 0)
        let error = try #require(try errorOpening(builder.archive))
        #expect(error.code == .corruptWeights)
        #expect(error.message.contains("overlap"))
    }

    @Test func `a record that runs into the directory is refused`() throws {
        var builder = ZipBuilder()
        builder.add("archive/data.pkl", pickle)
        builder.add("archive/data/0", [UInt8](repeating: 0, count: 8), storedCount: 16)
        #expect(try errorOpening(builder.archive)?.code == .corruptWeights)
    }

    @Test func `two records of one name are refused`() throws {
        var builder = ZipBuilder()
        builder.add("archive/data.pkl", pickle)
        builder.add("archive/data/0", storage)
        builder.add("archive/data/0", storage)
        #expect(try errorOpening(builder.archive)?.code == .corruptWeights)
    }

    @Test(arguments: [(UInt16(8), UInt16(0), "compressed"), (0, 1, "encrypted")])
    func `compressed and encrypted records are refused`(method: UInt16, flags: UInt16, word: String) throws {
        var builder = ZipBuilder()
        builder.add("archive/data.pkl", pickle)
        builder.add("archive/data/0", storage, method: method, flags: flags)
        let error = try #require(try errorOpening(builder.archive))
        #expect(error.code == .unsupportedWeights)
        #expect(error.message.contains(word))
    }

    @Test func `a storage that is missing is named by its tensor`() throws {
        var builder = ZipBuilder()
        builder.add("archive/data.pkl", pickle)
        let error = try #require(try errorOpening(builder.archive))
        #expect(error.code == .corruptWeights)
        #expect(error.message.contains("'w'"))
    }

    @Test(arguments: [("word/document.xml", "ZIP archive"), ("arr_0.npy", "NumPy")])
    func `other ZIP archives are called what they are`(name: String, words: String) throws {
        var builder = ZipBuilder()
        builder.add(name, storage)
        let error = try #require(try errorOpening(builder.archive))
        #expect(error.code == .unknownWeightFormat)
        #expect(error.message.contains(words))
    }

    @Test func `a TorchScript program is refused`() throws {
        var builder = ZipBuilder()
        builder.add("model/data.pkl", pickle)
        builder.add("model/data/0", storage)
        builder.add("model/constants.pkl", [])
        let error = try #require(try errorOpening(builder.archive))
        #expect(error.code == .unsupportedWeights)
        #expect(error.message.contains("TorchScript"))
    }
}
