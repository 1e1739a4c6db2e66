import RecCore
import RecNetwork
import Testing

@Suite(.timeLimit(.minutes(2))) struct `Hostile pickles` {
    /// The error of a PyTorch archive with this pickle.
    private func error(_ pickle: [UInt8], storage: [UInt8] = []) throws -> RecError? {
        try errorOpening(ZipBuilder.checkpoint(pickle: pickle, storage: storage))
    }

    @Test func `the builders make a checkpoint that opens`() throws {
        let pickle = PickleBuilder.tensor(count: 4, shape: [2, 2], strides: [1, 2])
        let storage = [1, 2, 3, 4].flatMap { little(Float($0).bitPattern) }
        let values = try withFile(ZipBuilder.checkpoint(pickle: pickle, storage: storage)) {
            try WeightFile(path: $0).floats(of: "w")
        }
        #expect(values == [1, 3, 2, 4])
    }

    @Test(arguments: [
        ("os", "system"), ("builtins", "eval"), ("__builtin__", "getattr"), ("subprocess", "Popen"),
        ("torch", "load"), ("torch.nn.modules.linear", "Linear"), ("numpy.core.multiarray", "fromfile"),
        ("collections", "OrderedDict.fromkeys"),
    ])
    func `a name that is not on the list is refused and named`(module: String, name: String) throws {
        var direct = PickleBuilder()
        direct.global(module, name)
        direct.text("echo")
        direct.raw([0x85])
        direct.raw("R")
        var stacked = PickleBuilder()
        stacked.text(module)
        stacked.text(name)
        stacked.raw([0x93])
        for builder in [direct, stacked] {
            let error = try #require(try error(builder.pickle))
            #expect(error.code == .forbiddenPickle)
            #expect(error.message.contains("\(module).\(name)"))
        }
    }

    @Test(arguments: ["i", "o", "\u{82}", "\u{92}"])
    func `opcodes that make objects in other ways are refused`(opcode: String) throws {
        var builder = PickleBuilder()
        builder.raw("(")
        builder.raw([UInt8(opcode.unicodeScalars.first!.value)])
        builder.raw("os\nsystem\n")
        #expect(try error(builder.pickle)?.code == .unsupportedWeights)
    }

    @Test func `a stream that asks for a function is refused as well`() throws {
        var builder = PickleBuilder()
        builder.global("os", "system")
        #expect(try errorOpening(builder.pickle)?.code == .forbiddenPickle)
    }

    @Test(arguments: [
        // Elements beyond the storage, by size, offset or stride.
        ([5], [1], 0), ([2, 2], [3, 1], 0), ([4], [1], 1), ([1], [1], -1), ([-1], [1], 0), ([2], [-1], 2),
        // Products and sums that overflow.
        ([1 << 40, 1 << 40], [0, 0], 0), ([Int.max], [1], 0), ([Int.max, 2], [Int.max, 1], 1),
        ([2], [Int.max], 0), ([1 << 62, 4], [0, 1], 0), ([Int.min], [Int.min], Int.min), ([1], [1], Int.max),
        // Ranks that differ or are absurd.
        ([2, 2], [1], 0), ([Int](repeating: 1, count: 40), [Int](repeating: 1, count: 40), 0),
        // Few elements repeated to many.
        ([1 << 30], [0], 0), ([1 << 20, 1 << 20], [0, 0], 0),
    ])
    func `a view that its storage cannot hold is refused`(shape: [Int], strides: [Int], offset: Int) throws {
        let pickle = PickleBuilder.tensor(count: 4, offset: offset, shape: shape, strides: strides)
        let code = try error(pickle, storage: [UInt8](repeating: 0, count: 16))?.code
        #expect(code == .corruptWeights || code == .unsupportedWeights)
    }

    @Test(arguments: [3, 5, -1, Int.max, 1 << 62])
    func `a storage whose record has another size is refused`(count: Int) throws {
        let pickle = PickleBuilder.tensor(count: count, shape: [2], strides: [1])
        #expect(try error(pickle, storage: [UInt8](repeating: 0, count: 16))?.code == .corruptWeights)
    }

    @Test func `nesting of any depth does no harm`() throws {
        for (open, close) in [("]", "a"), ("(", "t"), ("(", "l"), ("}", "s")] {
            var builder = PickleBuilder()
            for _ in 0..<90_000 {
                if open == "}" { builder.raw("}N") } else { builder.raw(open) }
            }
            builder.raw("N")
            for _ in 0..<90_000 { builder.raw(close) }
            #expect(try error(builder.pickle) != nil)
        }
        var marks = PickleBuilder()
        marks.raw([UInt8](repeating: UInt8(ascii: "("), count: 2_000_000))
        #expect(try error(marks.pickle)?.code == .unsupportedWeights)
    }

    @Test func `lists that hold themselves and one another do no harm`() throws {
        var builder = PickleBuilder()
        builder.raw("]q\u{0}h\u{0}ah\u{0}a")
        for index in UInt8(1)..<100 {
            builder.raw("]q")
            builder.raw([index])
            // Each list holds the one before ten times over: 10 ^ 99 in all, were it copied.
            for _ in 0..<10 { builder.raw([UInt8(ascii: "h"), index - 1, UInt8(ascii: "a")]) }
        }
        #expect(try error(builder.pickle)?.code == .unsupportedWeights)
    }

    @Test func `a long list that is copied again and again is refused`() throws {
        var builder = PickleBuilder()
        builder.raw("(")
        for _ in 0..<10_000 {
            builder.raw("NN")
            builder.raw([0x86])
        }
        builder.raw("lq\u{0}0")
        builder.global("collections", "OrderedDict")
        builder.raw("q\u{1}0")
        for _ in 0..<10_000 {
            builder.raw("h\u{1}h\u{0}")
            builder.raw([0x85])
            builder.raw("R0")
        }
        #expect(try error(builder.pickle)?.code == .unsupportedWeights)
    }

    @Test(arguments: [
        "X\u{7F}\u{7F}\u{7F}\u{7F}abc", "q\u{0}", "h\u{5}N", "u", "t", "R", "NR", "N(b", "}Ns", "}(Nu", "NNa", "",
        "p99999999999999999999\n", "Iabc\nb", "S'abc\n",
    ])
    func `a pickle that contradicts itself is an error`(opcodes: String) throws {
        var builder = PickleBuilder()
        builder.raw(opcodes)
        #expect(try error(builder.pickle) != nil)
    }
}
