import RecNetwork
import Testing

@Suite struct FloatArenaTests {
    @Test func `what is written to a part is read from it`() {
        let arena = FloatArena(count: 40)
        arena.write(16..<20) { part in
            for index in part.indices { part[index] = Float(index + 1) }
        }
        #expect(arena.read(15..<21) { part in part.indices.map { part[$0] } } == [0, 1, 2, 3, 4, 0])
    }

    @Test func `a part outside the arena is refused`() async {
        await #expect(processExitsWith: .failure) {
            FloatArena(count: 48).read(40..<49) { _ in }
        }
    }
}
