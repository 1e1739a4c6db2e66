import Foundation
import RecCompute
import Testing

@Suite struct ProcessorLevelTests {
    @Test func `plain C is always there, and no level comes twice`() {
        #expect(ProcessorLevel.available.first == .scalar)
        #expect(ProcessorLevel.available.contains(.best))
        #expect(Set(ProcessorLevel.available).count == ProcessorLevel.available.count)
    }

    // The level is found out once in a process, so each name needs a process of its own.
    @Test(arguments: ["scalar", "avx2", "avx512"])
    func `REC_CPU holds the best level down`(_ name: String) async {
        await #expect(processExitsWith: .success) { [name = name as String] in
            unsafe setenv("REC_CPU", name, 1)
            let highest = ProcessorLevel.available.last?.description
            let isThere = ProcessorLevel.available.contains { $0.description == name }
            #expect(ProcessorLevel.best.description == (isThere ? name : highest))
        }
    }
}
