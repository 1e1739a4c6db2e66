internal import RecCore

/// A node whose operator is looked up: its attributes by type, and the version of its definition.
struct OperatorContext: Sendable {
    /// The node.
    let node: ONNXNode
    /// The version of the operator set in which the operator got the definition that the node has.
    let version: Int

    /// The greatest magnitude of an integer that an operator takes: sums and products of two cannot overflow.
    static let bound = Int(Int32.max)

    /// An integer attribute, or `nil` when the node has none of that name; clamped to 32 bits.
    func integer(_ name: String) throws -> Int? {
        switch node.attributes[name] {
        case nil: return nil
        case .integer(let value): return Self.clamped(value)
        default: throw invalid("the attribute '\(name)' is not an integer")
        }
    }

    /// An integer attribute with a default.
    func integer(_ name: String, _ standard: Int) throws -> Int { try integer(name) ?? standard }

    /// A truth that is stored as an integer.
    func flag(_ name: String, _ standard: Bool = false) throws -> Bool {
        try integer(name).map { $0 != 0 } ?? standard
    }

    /// A number, or `nil` when the node has none of that name.
    func number(_ name: String) throws -> Double? {
        switch node.attributes[name] {
        case nil: return nil
        case .float(let value): return Double(value)
        case .integer(let value): return Double(value)
        default: throw invalid("the attribute '\(name)' is not a number")
        }
    }

    /// A number with a default.
    func number(_ name: String, _ standard: Double) throws -> Double { try number(name) ?? standard }

    /// A number in single precision, as layers have it, or `nil` when the node has none of that name.
    func float(_ name: String) throws -> Float? { try number(name).map { Float($0) } }

    /// The integers of an attribute, or `nil` when the node has none of that name; clamped to 32 bits.
    func integers(_ name: String) throws -> [Int]? {
        switch node.attributes[name] {
        case nil: return nil
        case .integers(let values): return values.map(Self.clamped)
        // A list without elements has no type in files that state none.
        case .floats(let values) where values.isEmpty: return []
        case .tensor(let constant):
            return try constant.load().integers.map(Self.clamped)
        default: throw invalid("the attribute '\(name)' is not a list of integers")
        }
    }

    /// The numbers of an attribute, or `nil` when the node has none of that name.
    func numbers(_ name: String) throws -> [Double]? {
        switch node.attributes[name] {
        case nil: return nil
        case .floats(let values): return values.map { Double($0) }
        case .integers(let values): return values.map { Double($0) }
        default: throw invalid("the attribute '\(name)' is not a list of numbers")
        }
    }

    /// A text with a default.
    func text(_ name: String, _ standard: String) throws -> String {
        switch node.attributes[name] {
        case nil: return standard
        case .text(let value): return value
        default: throw invalid("the attribute '\(name)' is not a text")
        }
    }

    static func clamped(_ value: Int64) -> Int { Int(min(max(value, -Int64(bound)), Int64(bound))) }

    /// The error of a node that contradicts the standard.
    func invalid(_ reason: String) -> RecError {
        RecError(.invalidONNX, "The node '\(node.name)' (\(node.operatorType)) is not valid: \(reason).")
    }

    /// The error of a node with a feature that is not supported.
    func unsupported(_ reason: String) -> RecError {
        RecError(.unsupportedONNX, "The node '\(node.name)' (\(node.operatorType)) is not supported: \(reason).")
    }

    /// An axis of a tensor, counted from the end when negative.
    func axis(_ axis: Int, rank: Int, inclusive: Bool = false) throws -> Int {
        let limit = inclusive ? rank + 1 : rank
        let result = axis < 0 ? axis + limit : axis
        guard result >= 0, result < limit else { throw invalid("axis \(axis) is not one of a tensor of rank \(rank)") }
        return result
    }

    /// Axes of a tensor, in ascending order without repetition.
    func axes(_ axes: [Int], rank: Int) throws -> [Int] {
        let result = try axes.map { try axis($0, rank: rank) }
        guard Set(result).count == result.count else { throw invalid("an axis occurs twice") }
        return result.sorted()
    }
}
