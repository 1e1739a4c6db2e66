/// Writes pickles of protocol 2, opcode by opcode.
struct PickleBuilder {
    private(set) var bytes: [UInt8] = [0x80, 2]

    /// The pickle.
    var pickle: [UInt8] { bytes + Array(".".utf8) }

    mutating func raw(_ text: String) { bytes += Array(text.utf8) }
    mutating func raw(_ more: [UInt8]) { bytes += more }
    mutating func text(_ text: String) { bytes += Array("X".utf8) + little(UInt32(text.utf8.count)) + Array(text.utf8) }
    mutating func global(_ module: String, _ name: String) { raw("c\(module)\n\(name)\n") }

    mutating func integer(_ value: Int) { bytes += [0x8A, 8] + little(Int64(value)) }

    mutating func integers(_ values: [Int]) {
        raw("(")
        for value in values { integer(value) }
        raw("t")
    }

    /// A tensor that is a view of storage 0, or of a part of it as the oldest streams could say.
    mutating func tensor(
        type: String = "FloatStorage",
        count: Int,
        part: (offset: Int, count: Int)? = nil,
        offset: Int = 0,
        shape: [Int],
        strides: [Int]
    ) {
        global("torch._utils", "_rebuild_tensor_v2")
        raw("((")
        text("storage")
        global("torch", type)
        text("0")
        text("cpu")
        integer(count)
        if let part {
            raw("(")
            text("part")
            integer(part.offset)
            integer(part.count)
            raw("t")
        }
        raw("tQ")
        integer(offset)
        integers(shape)
        integers(strides)
        raw([0x89])
        raw("}tR")
    }

    /// The dictionary {"w": tensor} of a tensor that is a view of storage 0.
    static func tensor(count: Int, offset: Int = 0, shape: [Int], strides: [Int]) -> [UInt8] {
        var builder = PickleBuilder()
        builder.raw("}")
        builder.text("w")
        builder.tensor(count: count, offset: offset, shape: shape, strides: strides)
        builder.raw("s")
        return builder.pickle
    }

    /// The pickle of an integer.
    static func integer(_ value: Int) -> [UInt8] {
        var builder = PickleBuilder()
        builder.integer(value)
        return builder.pickle
    }
}
