#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The filter that computes the pixels of a resized picture.
///
/// All filters but `nearest` are those of Pillow, with antialiasing: when shrinking, the filter is widened so that
/// every original pixel counts.
public enum Resampling: String, Sendable, Hashable, CaseIterable {
    /// The pixel at the centre; no averaging.
    case nearest
    /// The mean of the covered pixels, with equal weights.
    case box
    /// A triangle, two pixels wide.
    case bilinear
    /// A cubic with a = -0.5, four pixels wide.
    case bicubic
    /// A windowed sinc, six pixels wide.
    case lanczos

    /// Half the width of the filter, in pixels of the coarser picture.
    var support: Double {
        switch self {
        case .nearest: 0
        case .box: 0.5
        case .bilinear: 1
        case .bicubic: 2
        case .lanczos: 3
        }
    }

    /// The filter's value at a distance from its centre.
    ///
    /// The order of operations is Pillow's (`libImaging/Resample.c`): other orders round differently.
    func weight(at position: Double) -> Double {
        let distance = abs(position)
        switch self {
        case .nearest:
            return 0
        case .box:
            return position > -0.5 && position <= 0.5 ? 1 : 0
        case .bilinear:
            return distance < 1 ? 1 - distance : 0
        case .bicubic:
            let a = -0.5
            if distance < 1 { return ((a + 2) * distance - (a + 3)) * distance * distance + 1 }
            if distance < 2 { return (((distance - 5) * distance + 8) * distance - 4) * a }
            return 0
        case .lanczos:
            return position >= -3 && position < 3 ? Self.sinc(position) * Self.sinc(position / 3) : 0
        }
    }

    private static func sinc(_ position: Double) -> Double {
        guard position != 0 else { return 1 }
        let angle = position * Double.pi
        return sin(angle) / angle
    }
}
