internal import CRecKernels
package import RecCompute
internal import RecFiles

/// A search of a ``CodeTable`` with one query.
///
/// A class, so that handing it over for each list counts no references to what it holds; one task uses it at a time.
@safe
package final class CodeSearch {
    private let table: CodeTable
    private let query: CodeQuery
    private let allowed: NumberArray<UInt16>?
    private let level: ProcessorLevel
    // What the kernels read; the arrays above keep it in its place.
    private let codes: rec_codes
    private let bounds: rec_code_query
    private let estimates: rec_code_query
    /// Where the kernels put what they find.
    private var room: UnsafeMutablePointer<rec_candidate>
    private var roomCount = 0

    /// Prepares a search.
    ///
    /// - Parameters:
    ///   - table: The codes.
    ///   - query: The query.
    ///   - allowed: A bit for each slot, 16 slots a number; all slots when `nil`.
    ///   - level: Whose kernels, for tests to compare.
    /// - Precondition: The query has the sizes of the table, and `allowed` a number for each block.
    package init(_ table: CodeTable, _ query: CodeQuery, allowed: [UInt16]?, level: ProcessorLevel = .best) {
        precondition(table.suits(query), "a query of the table's sizes")
        precondition(allowed.map { $0.count == table.blocks } ?? true, "a number for each block")
        self.table = table
        self.query = query
        self.allowed = allowed.map { NumberArray($0).pinned() }
        self.level = level
        unsafe codes = table.raw
        unsafe bounds = query.raw
        var estimates = unsafe query.raw
        unsafe estimates.tail = 0
        unsafe estimates.rest = 0
        unsafe self.estimates = estimates
        unsafe room = .allocate(capacity: 0)
    }

    deinit { unsafe room.deallocate() }

    /// Adds the slots of some blocks whose score by the head, estimated or bounded, reaches `least`.
    package func scan(
        _ range: Range<Int>,
        bounded: Bool,
        least: Float,
        into candidates: inout [CodeCandidate]
    ) {
        precondition(range.lowerBound >= 0 && range.upperBound <= table.blocks, "blocks of the table")
        defer { extendLifetime(self) }
        let room = range.count * CodeShape.lanes
        if room > roomCount {
            unsafe self.room.deallocate()
            unsafe self.room = .allocate(capacity: room)
            roomCount = room
        }
        unsafe withUnsafePointer(to: codes) { codes in
            unsafe withUnsafePointer(to: bounded ? bounds : estimates) { query in
                let found = unsafe level.kernels.pointee.codes.scan(
                    codes,
                    query,
                    allowed?.pinnedAddress,
                    range.lowerBound,
                    range.upperBound,
                    least,
                    self.room
                )
                for place in 0..<found {
                    let candidate = unsafe self.room[place]
                    candidates.append(CodeCandidate(score: candidate.score, slot: candidate.slot))
                }
            }
        }
    }

    /// Refines scores by the middle and drops candidates that no longer reach `least`.
    ///
    /// - Precondition: The candidates are slots of the table.
    package func refine(_ candidates: inout [CodeCandidate], bounded: Bool, least: Float) {
        defer { extendLifetime(self) }
        var kept = 0
        let count = candidates.count
        unsafe withUnsafePointer(to: codes) { codes in
            unsafe withUnsafePointer(to: bounds) { query in
                unsafe candidates.withUnsafeMutableBytes { bytes in
                    // A float and a 32-bit number each, in this order.
                    let target = unsafe bytes.assumingMemoryBound(to: rec_candidate.self).baseAddress
                    unsafe kept = level.kernels.pointee.codes.refine(
                        codes,
                        query,
                        bounded ? 1 : 0,
                        least,
                        target,
                        count
                    )
                }
            }
        }
        candidates.removeLast(count - kept)
    }
}
