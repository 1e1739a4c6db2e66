#if PNG
internal import RecCore
internal import RecFiles

/// The way through the chunks of a PNG file.
struct PNGWalk {
    let damage: DamageHandling

    private(set) var header: PNGHeader?
    private(set) var palette: [UInt8] = []
    private(set) var transparency: [UInt8]?
    private(set) var text = PNGText()
    /// The position of the first `IDAT` chunk.
    private(set) var data: Int?
    private(set) var dataSize = 0
    private(set) var isCut = false
    private(set) var isDamaged = false

    private var animation = PNGAnimation()

    init(damage: DamageHandling) {
        self.damage = damage
    }

    /// The bytes that every file begins with.
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// Reads chunk after chunk.
    mutating func read(_ bytes: Span<UInt8>) throws {
        var position = Self.signature.count
        while let chunk = PNGChunk(at: position, in: bytes) {
            if chunk.name.isEmpty {
                if data != nil { return }
                try report(RecError(.corruptImage, "the PNG is damaged: there is no chunk at byte \(position)"))
                return
            }
            if chunk.name == "IEND" { return }
            if chunk.name == "IDAT" && data == nil {
                position = try readData(chunk, at: position, in: bytes)
                continue
            }
            if data != nil && chunk.name == "fcTL" && animation.isAnimated { return }
            if chunk.isCut(in: bytes) {
                try report(RecError(.truncatedImage, "the PNG ends within its chunk \(chunk.name)"))
                return
            }
            try read(chunk, in: bytes)
            if data == nil && !chunk.hasGoodChecksum(in: bytes) {
                try report(RecError(.corruptImage, "the checksum of the PNG's chunk \(chunk.name) is wrong"))
            }
            position = chunk.end
        }
        if data == nil { throw RecError(.truncatedImage, "the PNG ends before its pixels; fetch the file again") }
    }

    /// Throws, or notes that the file is damaged.
    private mutating func report(_ error: RecError) throws {
        guard damage == .accepted, header != nil else {
            let isDamage = error.code == .corruptImage || error.code == .truncatedImage
            throw isDamage ? RecError(error.code, error.message + "; fetch the file again") : error
        }
        isDamaged = true
    }

    /// Adds up the compressed bytes of neighbouring chunks.
    ///
    /// - Returns: The position behind them.
    private mutating func readData(_ first: PNGChunk, at position: Int, in bytes: Span<UInt8>) throws -> Int {
        guard header != nil else { throw RecError(.corruptImage, "the PNG has no header; fetch the file again") }
        data = position
        animation.startData()
        var chunk = first
        while true {
            dataSize += chunk.content(in: bytes).count
            if chunk.isCut(in: bytes) {
                isCut = true
                if chunk.content(in: bytes).isEmpty {
                    try report(RecError(.truncatedImage, "the PNG ends within its pixels"))
                }
                return bytes.count
            }
            guard let next = PNGChunk(at: chunk.end, in: bytes), next.name == "IDAT" else { return chunk.end }
            chunk = next
        }
    }

    /// The least sizes of chunks whose content nobody needs.
    private static let leastSizes = ["gAMA": 4, "cHRM": 32, "sRGB": 1, "pHYs": 9, "acTL": 8, "fcTL": 26, "fdAT": 4]

    /// Reads one chunk that is not pixels.
    private mutating func read(_ chunk: PNGChunk, in bytes: Span<UInt8>) throws {
        do {
            if let least = Self.leastSizes[chunk.name], chunk.size < least {
                throw RecError(.corruptImage, "the PNG's chunk \(chunk.name) is too short")
            }
            switch chunk.name {
            case "IHDR": header = try PNGHeader(chunk, in: bytes)
            case "PLTE": try readPalette(chunk, in: bytes)
            case "tRNS": try readTransparency(chunk, in: bytes)
            case "acTL", "fcTL", "fdAT": try animation.read(chunk, in: bytes, size: header?.size)
            default: try text.read(chunk, in: bytes)
            }
        } catch let error as RecError {
            if chunk.name == "IHDR" { throw error }
            try report(error)
        }
    }

    private mutating func readPalette(_ chunk: PNGChunk, in bytes: Span<UInt8>) throws {
        guard header?.colorType == .palette, data == nil else { return }
        guard chunk.size <= 3 * 256 + 2 else {
            throw RecError(.corruptImage, "the PNG's palette has more than 256 colours")
        }
        palette = bytes.extracting(chunk.content(in: bytes)).array
    }

    private mutating func readTransparency(_ chunk: PNGChunk, in bytes: Span<UInt8>) throws {
        let range =
            switch header?.colorType {
            case .palette: 0...256
            case .gray: 2...Int.max
            case .rgb: 6...Int.max
            default: 0...Int.max
            }
        guard range.contains(chunk.size) else {
            throw RecError(.corruptImage, "the PNG's chunk tRNS has \(chunk.size) bytes")
        }
        transparency = bytes.extracting(chunk.content(in: bytes).prefix(256)).array
    }
}
#endif
