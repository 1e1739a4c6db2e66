#if PNG && WebP && os(Linux)
import Foundation
import RecCore
import RecImage
import Testing

/// The memory that decoding pictures of 4000x3000 takes (36 MB of RGB), as the kernel counts it in a process of its own.
@Suite struct `Decoding memory` {
    @Test func `a PNG takes that of a few rows`() async {
        await #expect(processExitsWith: .success) {
            exit(try PeakMemory.growth(decoding: "PNG", "large.png") < 4_000_000 ? EXIT_SUCCESS : EXIT_FAILURE)
        }
    }

    @Test func `an interlaced PNG takes its rows in the crop as they are stored`() async {
        await #expect(processExitsWith: .success) {
            let growth = try PeakMemory.growth(decoding: "PNG", "large-interlaced.png")
            exit((5_000_000..<16_000_000).contains(growth) ? EXIT_SUCCESS : EXIT_FAILURE)
        }
    }

    @Test func `a WebP takes its crop in RGB and no more than as much again`() async {
        await #expect(processExitsWith: .success) {
            exit(try PeakMemory.growth(decoding: "WebP", "large.webp") < 60_000_000 ? EXIT_SUCCESS : EXIT_FAILURE)
        }
    }

    #if HEIF
    @Test(arguments: ["bad-heic-in-box", "bad-heic-in-data", "bad-heic-in-tile", "bad-avif-in-box", "bad-avif-in-data"])
    func `a HEIF whose compressed data is far larger than its boxes say takes none`(name: String) async {
        await #expect(processExitsWith: .success) { [name = name as String] in
            let bytes = try FormatGoldens.bytes("HEIF", "\(name).heif")
            // What is allocated once is not the file's.
            for good in ["heic-420", "avif-420"] {
                _ = try PictureReader().read(FormatGoldens.bytes("HEIF", "\(good).heif"))
            }
            let growth = try PeakMemory.growth {
                #expect(throws: RecError.self) { try PictureReader().read(bytes) }
            }
            exit(growth < 20_000_000 ? EXIT_SUCCESS : EXIT_FAILURE)
        }
    }
    #endif
}

enum PeakMemory {
    /// How many bytes of resident memory more than before are in use at some time while a fixture is prepared.
    static func growth(decoding folder: String, _ file: String) throws -> Int {
        let small = PictureSource.data(try FormatGoldens.bytes("PNG", "color-2-depth-8.png"))
        let large = PictureSource.data(try FormatGoldens.bytes(folder, file))
        // What is allocated once is not the picture's.
        _ = try Preprocessing.torchvisionV1.planned(small, using: PictureReader())
        return try growth {
            let picture = try Preprocessing.torchvisionV1.planned(large, using: PictureReader())
            precondition(picture.fullSize == ImageSize(width: 4000, height: 3000))
        }
    }

    /// How many bytes of resident memory more than before are in use at some time while `body` runs.
    static func growth(during body: () throws -> Void) throws -> Int {
        try "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
        let before = try kilobytes("VmRSS")
        try body()
        return 1024 * (try kilobytes("VmHWM") - before)
    }

    private static func kilobytes(_ name: String) throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
        return Int(line.filter(\.isNumber)) ?? 0
    }
}
#endif
