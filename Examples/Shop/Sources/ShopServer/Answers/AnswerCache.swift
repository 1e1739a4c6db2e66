import NIOConcurrencyHelpers
import NIOCore

/// Bodies of recent answers, for requests that come again before the catalogue changes.
///
/// There are two halves: when the newer one is full, it takes the place of the older one. What is asked for again moves
/// to the newer one, so that the answers that nobody asks for go first.
package final class AnswerCache: Sendable {
    fileprivate struct State {
        var catalogue: CatalogueState?
        var newer: [String: ByteBuffer] = [:]
        var older: [String: ByteBuffer] = [:]
        /// The bytes of the newer half.
        var size = 0
    }

    private let limit: Int
    private let state = NIOLockedValueBox(State())

    /// - Parameter limit: The greatest number of bytes to keep; 0 to keep nothing.
    package init(limit: Int) {
        self.limit = limit
    }

    /// The body of the answer to an address, made anew when it is not known for this state of the catalogue.
    ///
    /// An index that does not count its changes may have changed at any time: nothing is kept for it.
    ///
    /// - Throws: What `make` throws.
    package func body(
        for address: String,
        of catalogue: CatalogueState,
        make: () async throws -> ByteBuffer
    ) async throws -> ByteBuffer {
        guard limit > 0, catalogue.version != nil else { return try await make() }
        if let known = state.withLockedValue({ $0.body(for: address, of: catalogue, limit: limit) }) { return known }
        // The state was read before the body is made, so the body is never older than it.
        let body = try await make()
        state.withLockedValue { state in
            if state.catalogue == catalogue { state.keep(body, for: address, limit: limit) }
        }
        return body
    }
}

extension AnswerCache.State {
    fileprivate mutating func body(for address: String, of catalogue: CatalogueState, limit: Int) -> ByteBuffer? {
        guard self.catalogue == catalogue else {
            self = AnswerCache.State(catalogue: catalogue)
            return nil
        }
        if let body = newer[address] { return body }
        guard let body = older.removeValue(forKey: address) else { return nil }
        keep(body, for: address, limit: limit)
        return body
    }

    fileprivate mutating func keep(_ body: ByteBuffer, for address: String, limit: Int) {
        // The dictionary and the buffers take some 200 bytes for each answer.
        let bytes = address.utf8.count + body.storageCapacity + 200
        guard bytes <= limit / 2, newer[address] == nil else { return }
        if size + bytes > limit / 2 {
            older = newer
            newer = [:]
            size = 0
        }
        newer[address] = body
        size += bytes
    }
}
