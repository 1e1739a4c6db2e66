import Metrics
import NIOConcurrencyHelpers
import NIOCore

/// Bodies of recent answers, for requests that come again before the catalogue changes.
package final class AnswerCache: Sendable {
    private struct State {
        var catalogue: CatalogueState?
        // A buffer takes the next power of two, an array what it holds.
        var bodies: RecentValues<String, [UInt8]>
    }

    private let limit: Int
    private let state: NIOLockedValueBox<State>
    private let kept = Counter(label: "shop_answers", dimensions: [("source", "kept")])
    private let made = Counter(label: "shop_answers", dimensions: [("source", "made")])

    /// - Parameter limit: The greatest number of bytes to keep; 0 to keep nothing.
    package init(limit: Int) {
        self.limit = limit
        state = NIOLockedValueBox(State(bodies: RecentValues(limit: limit)))
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
        if let known = known(address, catalogue) {
            kept.increment()
            return ByteBuffer(bytes: known)
        }
        // The state was read before the body is made, so the body is never older than it.
        let body = try await make()
        made.increment()
        let bytes = Array(body.readableBytesView)
        // The dictionary and the array take some 200 bytes for each answer.
        let size = address.utf8.count + bytes.count + 200
        state.withLockedValue { state in
            if state.catalogue == catalogue { state.bodies.keep(bytes, size: size, for: address) }
        }
        return body
    }

    private func known(_ address: String, _ catalogue: CatalogueState) -> [UInt8]? {
        state.withLockedValue { state in
            if state.catalogue == catalogue { return state.bodies.value(for: address) }
            state = State(catalogue: catalogue, bodies: RecentValues(limit: limit))
            return nil
        }
    }
}
