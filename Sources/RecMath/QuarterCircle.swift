/// Points on the unit circle between the axes.
package enum QuarterCircle {
    /// The cosine and sine of `share` of a right angle, each within two units in the last place of 1.
    ///
    /// They come from their series, so that they have the same bits on every machine.
    ///
    /// - Precondition: `share` is from 0 to 1.
    package static func point(_ share: Double) -> (x: Double, y: Double) {
        precondition((0...1).contains(share), "the share of a right angle must be from 0 to 1")
        // Beyond half of the angle the two change places, so that the series need no angle above 0.786.
        if share > 0.5 {
            let (x, y) = point(1 - share)
            return (y, x)
        }
        let angle = share * (Double.pi / 2)
        let square = angle * angle
        var (cosine, sine) = (1.0, 1.0)
        for term in stride(from: 18.0, through: 2, by: -2) {
            cosine = 1 - square / (term * (term - 1)) * cosine
            sine = 1 - square / (term * (term + 1)) * sine
        }
        return (cosine, angle * sine)
    }
}
