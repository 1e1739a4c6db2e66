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

    /// The dictionary {"w": tensor} of a tensor that is a view of storage 0.
    static func tensor(
        type: String = "FloatStorage",
        count: Int,
        offset: Int = 0,
        shape: [Int],
        strides: [Int]
    ) -> [UInt8] {
        var builder = PickleBuilder()
        builder.raw("}")
        builder.text("w")
        builder.global("torch._utils", "_rebuild_tensor_v2")
        builder.raw("((")
        builder.text("storage")
        builder.global("torch", type)
        builder.text("0")
        builder.text("cpu")
        builder.integer(count)
        builder.raw("tQ")
        builder.integer(offset)
        builder.integers(shape)
        builder.integers(strides)
        builder.raw([0x89])
        builder.raw("}tRs")
        return builder.pickle
    }
}
