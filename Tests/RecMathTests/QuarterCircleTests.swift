import Foundation
import RecMath
import Testing

@Suite struct `The quarter of a circle` {
    @Test func `points are the cosine and sine of the angle`() {
        for step in 0...1000 {
            let share = Double(step) / 1000
            let (x, y) = QuarterCircle.point(share)
            #expect(abs(x - cos(share * .pi / 2)) < 4e-16)
            #expect(abs(y - sin(share * .pi / 2)) < 4e-16)
        }
        #expect(QuarterCircle.point(0) == (1, 0))
        #expect(QuarterCircle.point(1) == (0, 1))
    }
}
