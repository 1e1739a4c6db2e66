import Synchronization

/// Identifiers of requests: a text drawn at random for the process, and a number that counts up.
///
/// The first 78 billion have at most 15 bytes each, which a `String` holds without memory of its own.
final class RequestIDs: Sendable {
    private static let radix = 36

    private let start = String(UInt64.random(in: 2_176_782_336..<78_364_164_096), radix: radix) + "-"
    private let last = Atomic<UInt64>(0)

    /// An identifier that no other call returns.
    func next() -> String { start + String(last.wrappingAdd(1, ordering: .relaxed).newValue, radix: Self.radix) }
}
