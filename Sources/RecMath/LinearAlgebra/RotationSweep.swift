/// Rotations of neighbouring rows: rotation number *n* of a sweep turns the rows `from - n` and `from - n - 1`.
package struct RotationSweep {
    package let from: Int
    package internal(set) var rotations: [(cosine: Double, sine: Double)] = []
}
