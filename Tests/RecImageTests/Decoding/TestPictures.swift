import Foundation
import RecFiles
import RecImage
import RecTesting

/// The highest byte of each number of SplitMix64, as Scripts/goldens/images.py makes them.
func noise(seed: UInt64, count: Int) -> [UInt8] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in UInt8(random.next() >> 56) }
}

/// A picture of noise.
func noisePicture(seed: UInt64, _ width: Int, _ height: Int) -> RGBImage {
    RGBImage(width: width, height: height, pixels: noise(seed: seed, count: width * height * 3))
}

/// A picture without fine detail, as photographs are when shrunk.
func smoothPicture(_ width: Int, _ height: Int) -> RGBImage {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(width * height * 3)
    for y in 0..<height {
        for x in 0..<width {
            let edge = (x - width / 3) * (x - width / 3) + (y - height / 2) * (y - height / 2) < width * height / 16
            pixels.append(UInt8((x * 255 / width + (edge ? 90 : 0)) & 255))
            pixels.append(UInt8(y * 255 / height))
            pixels.append(edge ? 200 : UInt8((x + y) * 255 / (width + height)))
        }
    }
    return RGBImage(width: width, height: height, pixels: pixels)
}

extension RGBImage {
    /// The checksum that the goldens have.
    var checksum: UInt32 { unsafe CRC32C.of(pixels.span.bytes) }

    /// The peak signal-to-noise ratio against another picture of the same size, in decibels.
    func signalToNoise(against other: RGBImage) -> Double {
        let squares = zip(pixels, other.pixels).reduce(0) { $0 + (Int($1.0) - Int($1.1)) * (Int($1.0) - Int($1.1)) }
        let power = 255.0 * 255.0 * Double(pixels.count) / Double(max(squares, 1))
        return 10 * log10(power)
    }
}
