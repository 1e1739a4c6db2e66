internal import RecCore

/// What this process has learned of a collection.
///
/// It only grows, and each search asks in the same round trip whether it is all: so it may be old, never wrong.
struct CollectionKnowledge: Sendable {
    /// The patterns of products.
    private(set) var patterns: [Int64]
    /// The shapes of products by number.
    private(set) var shapes: [Int64: MilvusShape] = [:]
    /// For an attribute the most numbers that a product has of it, or more.
    private var numbers: [String: Int] = [:]
    /// The time of the last change of this process by the server's clock, and when that was here.
    private var lastChange: (time: Int64, instant: ContinuousClock.Instant)?
    /// Until when a search must wait for all changes, since the server did not say the time of one.
    private(set) var untoldUntil = ContinuousClock.now

    /// How far a node that answers may be behind.
    private static let mostLag = Duration.seconds(5)
    /// Where the milliseconds begin in a time of Milvus.
    private static let millisecondBit = 18

    /// Whether no publication has yet to fill the collection.
    var isFinished: Bool

    init(patterns: [Int64], isFinished: Bool) {
        self.patterns = patterns
        self.isFinished = isFinished
    }

    /// The time up to which an answer must have all changes: that of the last change of this process, or a few seconds ago
    /// if that is later; `nil` without a change.
    ///
    /// A node that takes the place of another one reads the log from an earlier time on, and would answer without what it
    /// has not read yet.
    var leastTime: Int64? {
        lastChange.map { change in
            let age = ContinuousClock.now - change.instant - Self.mostLag
            return change.time + max(Int64(age / .milliseconds(1)), 0) << Self.millisecondBit
        }
    }

    /// The most numbers of an attribute that a product has, or more.
    func numberCount(of attribute: String) -> Int { numbers[attribute] ?? 1 }

    mutating func learn(patterns found: some Sequence<Int64>) {
        patterns += Set(found).subtracting(patterns).sorted()
    }

    mutating func learn(_ found: [Int64: MilvusShape]) {
        shapes.merge(found) { known, _ in known }
    }

    mutating func learn(numberCount count: Int, of attribute: String) {
        if count > numberCount(of: attribute) { numbers[attribute] = count }
    }

    /// Remembers a change, whose time is 0 when the server does not say it.
    mutating func learn(changeAt time: Int64) {
        if time > lastChange?.time ?? 0 { lastChange = (time, .now) }
        if time == 0 { untoldUntil = ContinuousClock.now + .seconds(1) }
    }
}
