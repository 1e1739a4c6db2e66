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

    @Test func `parts that are read may overlap, the part that is written is apart`() {
        let arena = FloatArena(count: 48)
        arena.write(0..<8) { part in
            for index in part.indices { part[index] = Float(index) }
        }
        arena.with(reading: 0..<4, 2..<6, writing: 16..<20, 32..<32) { first, second, output, scratch in
            #expect(scratch.count == 0)
            for index in output.indices { output[index] = first[index] + second[index] }
        }
        #expect(arena.read(16..<20) { part in part.indices.map { part[$0] } } == [2, 4, 6, 8])
    }

    @Test func `a part that is written and read at once is refused`() async {
        await #expect(processExitsWith: .failure) {
            FloatArena(count: 48).with(reading: 0..<8, 0..<0, writing: 7..<9, 32..<40) { _, _, _, _ in }
        }
    }

    @Test func `scratch memory that overlaps the output is refused`() async {
        await #expect(processExitsWith: .failure) {
            FloatArena(count: 48).with(reading: 0..<8, 0..<0, writing: 16..<33, 32..<40) { _, _, _, _ in }
        }
    }

    @Test func `a part outside the arena is refused`() async {
        await #expect(processExitsWith: .failure) {
            FloatArena(count: 48).read(40..<49) { _ in }
        }
    }
}
