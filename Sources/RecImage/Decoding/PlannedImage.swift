/// The picture that a plan asked for.
package struct PlannedImage: Sendable {
    /// The pixels: upright, cropped and padded as planned.
    package let image: RGBImage

    /// The plan.
    let plan: CropPlan

    /// Whether a part of the data was missing or damaged, which only a reader that accepts damage lets through.
    package let isDamaged: Bool

    /// The size that the upright picture has in the file.
    package var fullSize: ImageSize { plan.orientation.upright(plan.fullSize) }
}
