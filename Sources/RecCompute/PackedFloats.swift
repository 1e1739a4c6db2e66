/// Numbers that never change once they are packed, on a cache line's boundary.
@safe
package final class PackedFloats: @unchecked Sendable {
    /// The number of elements.
    package let count: Int

    /// The first number, good as long as this lives.
    package let base: UnsafePointer<Float>
    private let memory: UnsafeMutableRawPointer

    /// Allocates memory and has all of it written.
    package init(uninitializedCount count: Int, _ write: (UnsafeMutablePointer<Float>) -> Void) {
        precondition(count >= 0, "a negative size")
        self.count = count
        let bytes = max(count, 1) * MemoryLayout<Float>.stride
        let memory = unsafe HugePages.allocate(byteCount: bytes)
        let floats = unsafe memory.bindMemory(to: Float.self, capacity: count)
        unsafe write(floats)
        unsafe self.memory = memory
        unsafe base = UnsafePointer(floats)
    }

    /// Allocates zeros and has them filled in.
    package convenience init(count: Int, _ fill: (UnsafeMutablePointer<Float>) -> Void) {
        unsafe self.init(uninitializedCount: count) { target in
            unsafe target.initialize(repeating: 0, count: count)
            unsafe fill(target)
        }
    }

    /// Copies values, with zeros behind them up to `count`.
    package convenience init(_ values: [Float], count: Int? = nil) {
        precondition(values.count <= count ?? values.count, "more values than places")
        unsafe self.init(count: count ?? values.count) { target in
            for index in values.indices { unsafe target[index] = values[index] }
        }
    }

    deinit { unsafe memory.deallocate() }
}
