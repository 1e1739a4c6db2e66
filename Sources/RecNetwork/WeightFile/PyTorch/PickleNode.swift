/// A value of a pickle.
///
/// Containers refer to their elements by position in ``PickleGraph/nodes``, so that no nesting, no sharing and no cycle
/// that a pickle can describe makes copies, recursion or leaks.
enum PickleNode: Sendable {
    case none
    case boolean(Bool)
    case integer(Int)
    /// An integer beyond 64 bits, as little-endian bytes.
    case largeInteger([UInt8])
    case real(Double)
    case text(String)
    /// Some bytes; as text when they are few and UTF-8, as keys are.
    case bytes(String?)
    case tuple([Int])
    case list([Int])
    /// Keys and values in turn.
    case dictionary([Int])
    case global(PickleGlobal)
    /// The result of applying a global to a tuple of arguments: what, and the arguments.
    case call(PickleGlobal, [Int])
    /// A reference out of the pickle, by whatever identifies it.
    case persistent(Int)
    /// An object that is passed over.
    case opaque
}
