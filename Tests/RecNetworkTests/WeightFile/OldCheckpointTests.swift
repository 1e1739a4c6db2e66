import RecCore
import RecNetwork
import Testing

@Suite struct `Checkpoints of other times` {
    private let storage = [1, 2, 3, 4, 5, 6].flatMap { little(Float($0).bitPattern) }

    private func floats(_ file: [UInt8], _ name: String) throws -> [Float] {
        try withFile(file) { try WeightFile(path: $0).floats(of: name) }
    }

    @Test func `a dictionary that Python 2 wrote as a list of pairs is read`() throws {
        var builder = PickleBuilder()
        builder.global("collections", "OrderedDict")
        builder.raw("]](U\u{1}w")
        builder.tensor(count: 6, offset: 1, shape: [2], strides: [3])
        builder.raw("ea")
        builder.raw([0x85])
        builder.raw("R")
        #expect(try floats(ZipBuilder.checkpoint(pickle: builder.pickle, storage: storage), "w") == [2, 5])
    }

    @Test func `a stream whose storage is a part of another is read`() throws {
        var object = PickleBuilder()
        object.raw("}")
        object.text("w")
        object.tensor(count: 6, part: (offset: 2, count: 3), offset: 1, shape: [2], strides: [1])
        object.raw("s")
        var magic = PickleBuilder()
        magic.raw([0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19])
        var system = PickleBuilder()
        system.raw("}")
        var keys = PickleBuilder()
        keys.raw("](")
        keys.text("0")
        keys.raw("e")
        let head = magic.pickle + PickleBuilder.integer(1001) + system.pickle
        let stream = head + object.pickle + keys.pickle + little(Int64(6)) + storage
        #expect(try floats(stream, "w") == [4, 5])
        #expect(try errorOpening(Array(stream.dropLast()))?.code == .corruptWeights)
        #expect(try errorOpening(magic.pickle + PickleBuilder.integer(1002) + stream)?.code == .unsupportedWeights)
    }

    @Test func `an archive with a directory of 64 bits and padded records is read`() throws {
        let pickle = PickleBuilder.tensor(count: 6, shape: [2, 3], strides: [3, 1])
        let archive = ZipBuilder.zip64([("m/data.pkl", pickle), ("m/data/0", storage)])
        #expect(try floats(archive, "w") == [1, 2, 3, 4, 5, 6])
    }

    @Test func `a pickle that torch did not write is called so`() throws {
        let error = try #require(try errorOpening(PickleBuilder.integer(7)))
        #expect(error.code == .unknownWeightFormat)
        #expect(error.message.contains("pickle"))
    }
}
