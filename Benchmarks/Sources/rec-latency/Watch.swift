import Foundation

/// Measures the processor time that other processes take.
///
/// It is 0 on systems other than Linux.
struct Watch {
    private let start = Self.seconds

    /// The part of all processors' time that others took since the watch began.
    var othersShare: Double {
        let now = Self.seconds
        let all = now.all - start.all
        return all > 0 ? max(0, (now.busy - start.busy - now.own + start.own) / all) : 0
    }

    /// Time of all processors, their busy time, and that of this process.
    private static var seconds: (all: Double, busy: Double, own: Double) {
        let text = (try? String(contentsOfFile: "/proc/stat", encoding: .utf8)) ?? ""
        // user, nice, system, idle, waiting for disks, interrupts, soft interrupts, stolen; in hundredths of a second.
        let times = text.prefix { $0 != "\n" }.split(separator: " ").compactMap { Double($0) }.prefix(8)
        guard times.count == 8 else { return (0, 0, 0) }
        let all = times.reduce(0, +) / 100
        return (all, all - (times[3] + times[4]) / 100, Double(clock()) / 1e6)
    }
}
