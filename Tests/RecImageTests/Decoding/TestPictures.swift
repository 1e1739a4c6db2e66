import Foundation
import RecFiles
import RecImage

/// Bytes of SplitMix64 over a counter, as Scripts/goldens/images.py makes them.
func noise(seed: UInt64, count: Int) -> [UInt8] {
    (1...UInt64(count)).map { index in
        var z = seed &+ index &* 0x9E37_79B9_7F4A_7C15
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return UInt8((z ^ (z >> 31)) >> 56)
    }
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
