import Foundation
import RecCore

/// Requests at a steady rate, from a thread outside the cooperative pool, as those of a server come.
struct SmallRequests {
    let shop: Shop
    let rate: Double

    /// Sends requests for a while.
    ///
    /// - Returns: How long each took, from the moment that it was due until it was answered.
    func run(for seconds: Double) async -> [Duration] {
        let latencies = SharedLatencies()
        let count = Int(seconds * rate)
        let interval = Duration.seconds(1) / rate
        let start = ContinuousClock.now
        await withCheckedContinuation { sent in
            let thread = Thread { [shop] in
                for number in 0..<count {
                    let due = start + interval * number
                    let wait = (due - .now) / .seconds(1)
                    if wait > 0 { Thread.sleep(forTimeInterval: wait) }
                    Task {
                        guard (try? await shop.answer(number)) != nil else { return }
                        latencies.add(.now - due)
                    }
                }
                sent.resume()
            }
            thread.start()
        }
        // A minute for what is still on its way; what is missing then was not answered.
        for _ in 0..<6000 where latencies.all.count < count { try? await Task.sleep(for: .milliseconds(10)) }
        return latencies.all + Array(repeating: .seconds(60), count: count - latencies.all.count)
    }
}
