import RecImage
import Testing

@Suite struct `Pixel kernels` {
    /// Two rows of three pixels; pixel (x, y) is (10 x, 100 y, 7).
    private let picture: [UInt8] = [0, 0, 7, 10, 0, 7, 20, 0, 7, 0, 100, 7, 10, 100, 7, 20, 100, 7]

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

        var planes = [Float](repeating: 0, count: 6)
        var span = planes.mutableSpan
        PixelKernels.planes(picture[0..<6].span, channels: [2, 1, 0], tables: tables, into: &span)

        #expect(planes == [7, 7, 1000, 1000, 2000, 2010])
    }

    @Test func `a pixel outside the picture is a precondition`() async {
        await #expect(processExitsWith: .failure) {
            let bytes = [UInt8](repeating: 0, count: 12)
            _ = PixelKernels.remap(bytes.span, origin: 0, xStep: 1, yStep: 2, columns: 3, rows: 2)
        }
    }
}
