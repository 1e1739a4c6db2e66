import InMemoryTracing
import ShopServer
import Testing
import Tracing

@Suite struct `Spans` {
    @Test func `are made of requests where there is a tracer`() async throws {
        let tracer = InMemoryTracer()
        try await TestShop.reading { (shop) async throws in
            let traced = try await withTracer(tracer) { try await shop.send(.get, "/products/10001/similar?count=3") }
            #expect(traced.status == 200)
            #expect(tracer.finishedSpans.map(\.operationName) == ["/products/{id}/similar"])
            #expect(try await shop.send(.get, "/products/10001/similar?count=3").bytes == traced.bytes)
            #expect(tracer.finishedSpans.count == 1)
        }
    }
}
