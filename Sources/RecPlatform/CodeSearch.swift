internal import CRecKernels

/// A slot that may be in an answer.
package struct CodeCandidate: Sendable {
    /// What its score is estimated to be, or cannot exceed.
    package var score: Float
    /// Where it is.
    package var slot: UInt32

    package init(score: Float, slot: UInt32) {
        self.score = score
        self.slot = slot
    }
}

/// A search of a ``CodeTable`` with one query, alive while the table lends it.
@safe
package struct CodeSearch: ~Copyable {
    private var codes: rec_codes
    private var bounds: rec_code_query
    private var estimates: rec_code_query
    private let allowed: [UInt16]?
    private let blocks: Int
    private let portable: Bool

    @unsafe
    init(_ codes: rec_codes, _ query: rec_code_query, allowed: [UInt16]?, blocks: Int, portable: Bool) {
        unsafe self.codes = codes
        unsafe bounds = query
        unsafe estimates = query
        unsafe estimates.tail = 0
        unsafe estimates.rest = 0
        self.allowed = allowed
        self.blocks = blocks
        self.portable = portable
    }

    /// Adds the slots of some blocks whose score by the head, estimated or bounded, reaches `least`.
    package borrowing func scan(
        _ range: Range<Int>,
        bounded: Bool,
        least: Float,
        into candidates: inout [CodeCandidate]
    ) {
        precondition(range.lowerBound >= 0 && range.upperBound <= blocks, "blocks of the table")
        let room = range.count * CodeTable.lanes
        let start = candidates.count
        if candidates.capacity < start + room { candidates.reserveCapacity(max(2 * candidates.capacity, start + room)) }
        candidates.append(contentsOf: repeatElement(CodeCandidate(score: 0, slot: 0), count: room))
        var found = 0
        unsafe withUnsafePointer(to: codes) { codes in
            unsafe withUnsafePointer(to: bounded ? bounds : estimates) { query in
                unsafe allowed.withOptionalPointer { allowed in
                    unsafe candidates.withUnsafeMutableBytes { bytes in
                        let target = unsafe bytes.assumingMemoryBound(to: rec_candidate.self).baseAddress
                        let kernel = unsafe portable ? rec_code_scan__portable : rec_code_scan
                        unsafe found = kernel(
                            codes,
                            query,
                            allowed,
                            range.lowerBound,
                            range.upperBound,
                            least,
                            target.map { unsafe $0 + start }
                        )
                    }
                }
            }
        }
        candidates.removeLast(room - found)
    }

    /// Refines scores by the middle and drops candidates that no longer reach `least`.
    package borrowing func refine(_ candidates: inout [CodeCandidate], bounded: Bool, least: Float) {
        var kept = 0
        let count = candidates.count
        unsafe withUnsafePointer(to: codes) { codes in
            unsafe withUnsafePointer(to: bounds) { query in
                unsafe candidates.withUnsafeMutableBytes { bytes in
                    let target = unsafe bytes.assumingMemoryBound(to: rec_candidate.self).baseAddress
                    let kernel = unsafe portable ? rec_code_refine__portable : rec_code_refine
                    unsafe kept = kernel(codes, query, bounded ? 1 : 0, least, target, count)
                }
            }
        }
        candidates.removeLast(count - kept)
    }
}

extension [UInt16]? {
    /// Lends the address of the first number, or none.
    fileprivate func withOptionalPointer<Value>(_ body: (UnsafePointer<UInt16>?) -> Value) -> Value {
        guard let array = self else { return body(nil) }
        return unsafe array.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
    }
}
