internal import RecCore

/// Reads one pickle (protocols 0 to 5) as data.
///
/// This is not an interpreter: a `REDUCE` records what it would apply, and a name that is not on the allow-list of
/// ``PickleGlobal`` ends the reading. The number of values, the stack and the memo are limited, and so is the length of
/// copies, since a pickle of a few bytes can ask for one again and again. Source: Python's `pickletools`.
struct PickleMachine {
    /// A hundred times what the largest networks need; a value takes some 40 bytes.
    private static let nodeLimit = 2_000_000
    private static let textLimit = 1 << 24

    var reader: RegionReader
    var graph = PickleGraph()
    var stack: [Int] = []
    var marks: [Int] = []
    private var memo: [Int: Int] = [:]
    private var copied = 0

    private init(reader: RegionReader) {
        self.reader = reader
    }

    /// Reads the pickle at the reader and leaves the reader behind it.
    static func read(_ reader: inout RegionReader) throws(RecError) -> PickleGraph {
        var machine = PickleMachine(reader: reader)
        while try machine.step(try machine.reader.byte()) {}
        machine.graph.root = try machine.pop()
        reader = machine.reader
        return machine.graph
    }

    /// Carries out one opcode.
    ///
    /// - Returns: Whether the pickle goes on.
    private mutating func step(_ opcode: UInt8) throws(RecError) -> Bool {
        switch Character(Unicode.Scalar(opcode)) {
        case ".": return false
        case "\u{80}":
            guard try reader.byte() <= 5 else { throw region.unsupported("Its pickle is of a later protocol than 5.") }
        case "\u{95}": try reader.skip(8)
        case "(": try mark()
        case "0": _ = try pop()
        case "N": try push(.none)
        case "\u{88}": try push(.boolean(true))
        case "\u{89}": try push(.boolean(false))
        case "K": try push(.integer(Int(try reader.byte())))
        case "M": try push(.integer(Int(try reader.integer(UInt16.self))))
        case "J": try push(.integer(Int(try reader.integer(Int32.self))))
        case "\u{8A}": try pushLong(byteCount: Int(try reader.byte()))
        case "I", "L": try pushDecimal(try reader.line(limit: 64))
        case "G": try push(.real(Double(bitPattern: try reader.integer(UInt64.self).byteSwapped)))
        case "F": try push(.real(Double(try reader.line(limit: 64)) ?? .nan))
        case "X", "T": try pushText(count: Int(try reader.integer(UInt32.self)))
        case "\u{8C}", "U": try pushText(count: Int(try reader.byte()))
        case "\u{8D}": try pushText(count: try reader.unsigned(byteCount: 8))
        case "V": try push(.text(try reader.line(limit: Self.textLimit)))
        case "S": try pushQuoted(try reader.line(limit: Self.textLimit))
        case "C": try pushBytes(count: Int(try reader.byte()))
        case "B": try pushBytes(count: Int(try reader.integer(UInt32.self)))
        case "\u{8E}", "\u{96}": try pushBytes(count: try reader.unsigned(byteCount: 8))
        case "q": try memorize(at: Int(try reader.byte()))
        case "r": try memorize(at: Int(try reader.integer(UInt32.self)))
        case "p": try memorize(at: Int(try reader.line(limit: 20)))
        case "\u{94}": try memorize(at: memo.count)
        case "h": try recall(Int(try reader.byte()))
        case "j": try recall(Int(try reader.integer(UInt32.self)))
        case "g": try recall(Int(try reader.line(limit: 20)))
        default: try build(opcode)
        }
        return true
    }

    /// Where the pickle is, for errors.
    var region: ByteRegion { reader.region }

    /// The error of an inconsistent pickle.
    var damaged: RecError { region.corrupt("Its pickle is damaged near byte \(reader.offset)") }

    // MARK: The stack

    /// Makes a value and puts it on the stack.
    mutating func push(_ node: PickleNode) throws(RecError) {
        guard graph.nodes.count < Self.nodeLimit else { throw region.unsupported("Its pickle has too many values.") }
        graph.nodes.append(node)
        try push(id: graph.nodes.count - 1)
    }

    /// Puts a value that exists on the stack.
    mutating func push(id: Int) throws(RecError) {
        guard stack.count < Self.nodeLimit else { throw region.unsupported("Its pickle has too many values.") }
        stack.append(id)
    }

    /// Takes the top of the stack.
    mutating func pop() throws(RecError) -> Int {
        guard stack.count > (marks.last ?? 0), let id = stack.popLast() else { throw damaged }
        return id
    }

    /// Takes all that is above the last mark, and the mark.
    mutating func popToMark() throws(RecError) -> [Int] {
        guard let mark = marks.popLast(), mark <= stack.count else { throw damaged }
        defer { stack.removeSubrange(mark...) }
        return Array(stack[mark...])
    }

    /// The top of the stack, which stays.
    func top() throws(RecError) -> Int {
        guard stack.count > (marks.last ?? 0), let id = stack.last else { throw damaged }
        return id
    }

    /// Counts elements that are copied, which repeated use of one value could make without bound.
    mutating func countCopies(_ count: Int) throws(RecError) {
        copied += count
        guard copied <= Self.nodeLimit else { throw region.unsupported("Its pickle copies too many values.") }
    }

    private mutating func mark() throws(RecError) {
        guard marks.count < 100_000 else { throw region.unsupported("Its pickle is nested too deeply.") }
        marks.append(stack.count)
    }

    // MARK: The memo

    private mutating func memorize(at index: Int?) throws(RecError) {
        guard let index, index >= 0 else { throw damaged }
        memo[index] = try top()
        guard memo.count <= Self.nodeLimit else { throw region.unsupported("Its pickle has too many values.") }
    }

    private mutating func recall(_ index: Int?) throws(RecError) {
        guard let index, let id = memo[index] else { throw damaged }
        try push(id: id)
    }

    // MARK: Scalars

    private mutating func pushText(count: Int) throws(RecError) {
        guard count <= Self.textLimit else { throw region.unsupported("Its pickle has a text of \(count) bytes.") }
        try push(.text(try reader.text(count)))
    }

    private mutating func pushBytes(count: Int) throws(RecError) {
        guard count <= WeightContents.maximumNameLength else {
            try reader.skip(count)
            return try push(.bytes(nil))
        }
        try push(.bytes(String(validating: try reader.bytes(count), as: UTF8.self)))
    }

    private mutating func pushQuoted(_ line: String) throws(RecError) {
        guard line.utf8.count >= 2, let quote = line.first, quote == "'" || quote == "\"", line.last == quote else {
            throw damaged
        }
        try push(.text(String(line.dropFirst().dropLast())))
    }

    private mutating func pushDecimal(_ line: String) throws(RecError) {
        let digits = line.hasSuffix("L") ? line.dropLast() : Substring(line)
        if line == "00" || line == "01" { return try push(.boolean(line == "01")) }
        guard let value = Int(digits) else { return try push(.opaque) }
        try push(.integer(value))
    }

    private mutating func pushLong(byteCount: Int) throws(RecError) {
        let bytes = try reader.bytes(byteCount)
        guard bytes.count <= 8 else { return try push(.largeInteger(bytes)) }
        let negative = (bytes.last ?? 0) >= 0x80
        var value: Int = negative ? -1 : 0
        for byte in bytes.reversed() { value = value << 8 | Int(byte) }
        try push(.integer(value))
    }
}
