import RecPlatform
import Testing

@Suite struct `Pixel kernels` {
    /// Two rows of three pixels; pixel (x, y) is (10 x, 100 y, 7).
    private let picture: [UInt8] = [0, 0, 7, 10, 0, 7, 20, 0, 7, 0, 100, 7, 10, 100, 7, 20, 100, 7]

    /// An axis whose outputs are the mean of two inputs.
    private func means(_ firsts: [Int]) -> ResamplingAxis {
        let half = Int32(1 << (ResamplingAxis.fractionBits - 1))
        return ResamplingAxis(taps: firsts.map { (first: $0, weights: [half, half]) })
    }

    @Test func `filtering along x combines columns of the rows asked for`() {
        let row = PixelKernels.resampleHorizontally(picture.span, width: 3, rows: 1..<2, by: means([0, 1]))

        #expect(row == [5, 100, 7, 15, 100, 7])
    }

    @Test func `filtering along y combines rows of the columns asked for`() {
        let columns = PixelKernels.resampleVertically(picture.span, width: 3, columns: 1..<3, by: means([0]))

        #expect(columns == [10, 50, 7, 20, 50, 7])
    }

    @Test func `sums are rounded half up and clamped`() {
        let one = Int32(1 << ResamplingAxis.fractionBits)
        let bytes: [UInt8] = [1, 200, 0, 2, 0, 100]
        let half = ResamplingAxis(taps: [(first: 0, weights: [one / 2, one / 2])])
        let sharp = ResamplingAxis(taps: [(first: 0, weights: [one * 2, -one])])

        #expect(PixelKernels.resampleHorizontally(bytes.span, width: 2, rows: 0..<1, by: half) == [2, 100, 50])
        #expect(PixelKernels.resampleHorizontally(bytes.span, width: 2, rows: 0..<1, by: sharp) == [0, 255, 0])
    }

    @Test func `an axis knows the inputs it uses and can be moved to them`() {
        let axis = means([1])

        #expect(axis.inputs == 1..<3)
        #expect(axis.rebased().inputs == 0..<2)
        #expect(
            PixelKernels.resampleHorizontally(picture.span, width: 3, rows: 0..<2, by: axis)
                == [15, 0, 7, 15, 100, 7]
        )
    }

    @Test func `a quarter turn is two steps through the pixels`() {
        let turned = PixelKernels.remap(picture.span, origin: 3, xStep: -3, yStep: 1, columns: 2, rows: 3)

        #expect(turned == [0, 100, 7, 0, 0, 7, 10, 100, 7, 10, 0, 7, 20, 100, 7, 20, 0, 7])
    }

    @Test func `gathering is black where there is no pixel`() {
        let pixels = PixelKernels.gather(picture.span, width: 3, columns: [2, -1], rows: [-1, 1])

        #expect(pixels == [0, 0, 0, 0, 0, 0, 20, 100, 7, 0, 0, 0])
    }

    @Test func `planes hold table values in the order of channels`() {
        let tables = (0..<3).flatMap { plane in (0..<256).map { Float(1000 * plane + $0) } }

        let planes = PixelKernels.planes(picture[0..<6].span, channels: [2, 1, 0], tables: tables)

        #expect(planes == [7, 7, 1000, 1000, 2000, 2010])
    }

    @Test func `a pixel outside the picture is a precondition`() async {
        await #expect(processExitsWith: .failure) {
            let bytes = [UInt8](repeating: 0, count: 12)
            _ = PixelKernels.remap(bytes.span, origin: 0, xStep: 1, yStep: 2, columns: 3, rows: 2)
        }
    }
}
