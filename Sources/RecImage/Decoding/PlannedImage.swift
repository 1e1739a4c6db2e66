/// A picture decoded under a plan.
package struct PlannedImage: Sendable {
    /// The pixels: upright, cropped and padded as planned.
    package let image: RGBImage

    /// The plan.
    let plan: CropPlan

    /// Whether a part of the data was missing or damaged; always `false` unless the reader accepts damage.
    package let isDamaged: Bool

    /// The size of the full upright picture.
    package var fullSize: ImageSize { plan.orientation.upright(plan.fullSize) }
}
