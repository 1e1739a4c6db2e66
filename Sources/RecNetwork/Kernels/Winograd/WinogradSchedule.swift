/// How a run of Winograd's algorithm is divided into units: their sizes in tiles, blocks and floats.
///
/// There are two schedules. As a rule, a unit computes transform, products and inverse transform for a group of tiles,
/// within the second cache; the filters are read again for each group. That is too slow when no cache holds the
/// filters. When they are large and the transforms of all tiles fit the last cache, all tiles are transformed first,
/// and a unit multiplies them all by the filters of some of the outputs, so that each filter is read once: the run is
/// staged.
struct WinogradSchedule: Sendable {
    let scheme: WinogradScheme
    let input: BlockedShape
    let output: BlockedShape
    let threads: Int
    /// Tiles of an image.
    let tilesPerImage: Int

    init(_ scheme: WinogradScheme, _ window: WindowGeometry, outputs: Int, threads: Int) {
        self.scheme = scheme
        self.threads = threads
        input = BlockedShape(channels: window.channels, height: window.height, width: window.width)
        output = BlockedShape(channels: outputs, height: window.outputHeight, width: window.outputWidth)
        let tile = scheme.tile
        tilesPerImage = ((window.outputHeight + tile - 1) / tile) * ((window.outputWidth + tile - 1) / tile)
    }

    /// Blocks of all phases of the input.
    var phaseBlocks: Int { scheme.phases * input.blocks }

    /// Floats of all transformed filters.
    private var transformedFilters: Int {
        scheme.products * input.blocks * output.blocks * BlockedShape.lanes * BlockedShape.lanes
    }

    /// Floats that transforms and products of a group may take.
    private static let cacheFloats = 128 << 10
    /// Keeps the positions of a tile out of each other's cache sets.
    private static let skew = 16

    /// Tiles of a group: so many that they fit in the second cache, but enough that filters which do not fit there are
    /// worth fetching again for each group.
    private var groupTiles: Int {
        let floats = scheme.positions * (phaseBlocks + output.blocks) * BlockedShape.lanes
        return max(Self.cacheFloats / floats / 6 * 6, transformedFilters > Self.largeFilters ? 18 : 12)
    }

    /// The groups of a run that is not staged.
    func groups(images: Int) -> Int {
        let tiles = images * tilesPerImage
        let groups = (tiles + groupTiles - 1) / groupTiles
        return min((groups + threads - 1) / threads * threads, tiles)
    }

    /// Floats of filters beyond which they are not expected to stay in a cache, and beyond which they are read but
    /// once.
    private static let largeFilters = 2 << 20
    private static let hugeFilters = 8 << 20
    /// Floats of transforms that still stay in the last cache.
    private static let largeTransforms = 1 << 20

    /// Whether all tiles go through one output panel after the other.
    func isStaged(images: Int) -> Bool {
        transformedFilters > Self.hugeFilters
            || (transformedFilters > Self.largeFilters && transforms(images: images) <= Self.largeTransforms)
    }

    /// Floats of the transforms of all tiles.
    private func transforms(images: Int) -> Int {
        scheme.positions * phaseBlocks * BlockedShape.lanes * images * tilesPerImage
    }

    /// Whether to keep transformed filters, for passes of so many images.
    ///
    /// A pass that is not staged reads them for each group of tiles. A staged one reads them once, and may as well
    /// transform them, which saves eight ninths of their memory or more. For tiles of 7, that takes as long as the
    /// products of a few tiles. But the transforms of all tiles are read again for every panel then. Single images, and
    /// maps so large that a run takes several passes, would lose more time.
    func keepsTransforms(images: Int, passes: Int) -> Bool {
        images == 1 || passes > 1 || scheme.tile < 7 || !isStaged(images: images)
            || images * tilesPerImage < Self.fewestTiles
            || transforms(images: images) > 2 * Self.largeTransforms
    }

    /// The fewest tiles of a pass that filters are transformed for.
    private static let fewestTiles = 8

    /// The parts that the outputs are divided into, when staged.
    func panelParts(images: Int) -> Int {
        let floats = scheme.positions * images * tilesPerImage * BlockedShape.panel
        let panels = output.panels
        let parts = max((panels * floats + Self.cacheFloats - 1) / Self.cacheFloats, threads > 1 ? 4 * threads : 1)
        return min(parts, panels)
    }

    /// The most panels of such a part.
    func mostPanels(images: Int) -> Int {
        let parts = panelParts(images: images)
        return (output.panels + parts - 1) / parts
    }

    /// Floats from a position of so many tiles and blocks to the next.
    func positionPitch(tiles: Int, blocks: Int) -> Int { blocks * tiles * BlockedShape.lanes + Self.skew }

    /// Floats of all positions.
    func count(tiles: Int, blocks: Int) -> Int { scheme.positions * positionPitch(tiles: tiles, blocks: blocks) }

    /// The most tiles of a group.
    func mostTiles(images: Int) -> Int {
        let groups = groups(images: images)
        return (images * tilesPerImage + groups - 1) / groups
    }
}
