extension Float {
    /// The least float that is not below a sum in double precision, rounding errors of that sum included.
    init(roundingUp value: Double) {
        let safe = value + abs(value) * 0x1p-40
        let float = Float(safe)
        self = Double(float) < safe ? float.nextUp : float
    }
}
