import Foundation
import RecCompute
import Synchronization
import Testing

@Suite struct ThreadTeamTests {
    /// What a team did: how often each unit ran, and whether two threads were the same participant at a time.
    final class Record: Sendable {
        struct State {
            var runs: [Int]
            var active: Set<Int> = []
            var participants: Set<Int> = []
            var wasShared = false
        }

        let state: LockedValue<State>

        init(units: Int) { state = LockedValue(State(runs: [Int](repeating: 0, count: units))) }

        func run(_ unit: Int, _ participant: Int) {
            state.withLock {
                $0.runs[unit] += 1
                if !$0.active.insert(participant).inserted { $0.wasShared = true }
                $0.participants.insert(participant)
            }
            state.withLock { _ = $0.active.remove(participant) }
        }

        /// Checks that every unit ran once and that each participant was one thread of the team.
        func check(_ team: ThreadTeam, sourceLocation: SourceLocation = #_sourceLocation) {
            let state = state.withLock { $0 }
            #expect(state.runs.allSatisfy { $0 == 1 }, sourceLocation: sourceLocation)
            #expect(state.participants.isSubset(of: 0..<team.count), sourceLocation: sourceLocation)
            #expect(!state.wasShared, sourceLocation: sourceLocation)
        }
    }

    @Test func `a process may use some of the machine's processors`() {
        #expect((1...ProcessInfo.processInfo.processorCount).contains(ThreadTeam.processorCount))
    }

    @Test(arguments: [1, 2, 3, 8])
    func `every unit runs exactly once, round after round`(_ threads: Int) {
        let team = ThreadTeam(count: threads)
        #expect(team.count == threads)
        for round in 0..<500 {
            let units = [0, 1, 2, 3, 7, 64][round % 6]
            let record = Record(units: units)
            team.run(units: units) { record.run($0, $1) }
            record.check(team)
        }
    }

    @Test func `units of a thread that is busy are taken by others`() {
        let team = ThreadTeam(count: 2)
        let ended = Atomic<Int>(0)
        let runs = LockedValue([Int](repeating: 0, count: 10))
        team.run(units: 10) { unit, _ in
            runs.withLock { $0[unit] += 1 }
            guard unit == 0 else {
                ended.add(1, ordering: .sequentiallyConsistent)
                return
            }
            // The first unit ends after all others, those of the same thread among them.
            let deadline = ContinuousClock.now + .seconds(60)
            while ended.load(ordering: .sequentiallyConsistent) < 9, ContinuousClock.now < deadline {}
        }
        #expect(ended.load(ordering: .relaxed) == 9)
        #expect(runs.withLock { $0 } == [Int](repeating: 1, count: 10))
    }

    @Test func `all threads of a team take part`() {
        // Each unit waits for the other: one thread alone would never end. A minute is more than any scheduler takes.
        let team = ThreadTeam(count: 2)
        let arrived = Atomic<Int>(0)
        let met = Atomic<Int>(0)
        team.run(units: 2) { _, _ in
            arrived.add(1, ordering: .sequentiallyConsistent)
            let deadline = ContinuousClock.now + .seconds(60)
            while arrived.load(ordering: .sequentiallyConsistent) < 2, ContinuousClock.now < deadline {}
            if arrived.load(ordering: .sequentiallyConsistent) == 2 { met.add(1, ordering: .relaxed) }
        }
        #expect(met.load(ordering: .relaxed) == 2)
    }

    @Test func `a team that went to sleep wakes up again`() async throws {
        let team = ThreadTeam(count: 3)
        for _ in 0..<5 {
            try await Task.sleep(for: .milliseconds(30))
            let record = Record(units: 20)
            team.run(units: 20) { record.run($0, $1) }
            record.check(team)
        }
    }

    @Test func `what threads wrote is there when a round ends`() {
        let team = ThreadTeam(count: 4)
        let cells = (0..<64).map { _ in Cell() }
        for round in 1...300 {
            team.run(units: cells.count) { unit, _ in cells[unit].value += round * unit }
        }
        #expect(cells.indices.allSatisfy { cells[$0].value == 300 * 301 / 2 * $0 })
    }

    /// A number that one thread at a time changes.
    final class Cell: @unchecked Sendable {
        var value = 0
    }

    @Test func `many teams work at once`() async {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<12 {
                group.addTask {
                    let team = ThreadTeam(count: 3)
                    for _ in 0..<50 {
                        let record = Record(units: 11)
                        team.run(units: 11) { record.run($0, $1) }
                        record.check(team)
                    }
                }
            }
        }
    }

    @Test func `a team that never worked can go`() {
        for count in 1...4 { _ = ThreadTeam(count: count) }
    }

    #if os(Linux)
    @Test func `a team's threads end with it`() async {
        await #expect(processExitsWith: .success) {
            func threads() throws -> Int {
                try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
            }
            let before = try threads()
            for round in 0..<50 {
                let team = ThreadTeam(count: 8)
                if round % 2 == 0 { team.run(units: 16) { _, _ in } }
            }
            // The runtime may have started a few of its own; 50 teams left behind would be 350.
            guard try threads() < before + 50 else { throw CancellationError() }
        }
    }
    #endif
}
