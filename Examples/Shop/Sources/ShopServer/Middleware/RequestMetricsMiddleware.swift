import Hummingbird
import Metrics
import NIOConcurrencyHelpers

/// Measures requests by route, method and status: how many, how long until the answer, and how many are under way.
///
/// The names are those of Hummingbird's `MetricsMiddleware`, in which a request ends when its answer has been written. An
/// answer to HEAD, or to a client that has gone, never is, so those would be under way for ever.
struct RequestMetricsMiddleware: RouterMiddleware {
    typealias Context = ShopContext

    private struct Key: Hashable {
        let route: String
        let method: String
        let status: Int
    }

    // Looked up here, since the factory of the metrics makes their names anew for each call.
    private let underWay = NIOLockedValueBox<[String: Meter]>([:])
    private let answers = NIOLockedValueBox<[Key: (count: Counter, time: Timer)]>([:])

    func handle(
        _ request: Request,
        context: ShopContext,
        next: (Request, ShopContext) async throws -> Response
    ) async throws -> Response {
        let method = request.method.rawValue
        let meter = meter(for: method)
        meter.increment()
        defer { meter.decrement() }
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let key = Key(route: context.endpointPath ?? "Unknown", method: method, status: response.status.code)
        let (count, time) = recorders(for: key)
        count.increment()
        time.recordNanoseconds(Int64((ContinuousClock.now - start) / .nanoseconds(1)))
        return response
    }

    private func meter(for method: String) -> Meter {
        underWay.withLockedValue { known in
            if let meter = known[method] { return meter }
            let meter = Meter(label: "http.server.active_requests", dimensions: [("http.request.method", method)])
            known[method] = meter
            return meter
        }
    }

    private func recorders(for key: Key) -> (count: Counter, time: Timer) {
        answers.withLockedValue { known in
            if let recorders = known[key] { return recorders }
            let labels = [
                ("http.route", key.route), ("http.request.method", key.method),
                ("http.response.status_code", "\(key.status)"),
            ]
            let recorders = (
                Counter(label: "hb.requests", dimensions: labels),
                Timer(label: "http.server.request.duration", dimensions: labels)
            )
            known[key] = recorders
            return recorders
        }
    }
}
