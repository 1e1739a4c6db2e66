/// Decodes the pictures of one format.
///
/// A decoder handles only its format: it recognises bytes, reads their header, and decodes the rows of a ``CropPlan``.
/// The extractor handles limits, orientation, resizing, padding and the paths in errors for all formats.
///
/// ```swift
/// struct GrayDecoder: PictureDecoder {
///     let formatName = "Gray"
///
///     func recognizes(_ bytes: Span<UInt8>) -> Bool {
///         bytes.count >= 2 && bytes[0] == UInt8(ascii: "G") && bytes[1] == UInt8(ascii: "Y")
///     }
///     func header(of bytes: Span<UInt8>, damage: DamageHandling) throws -> PictureHeader { ... }
///     func decode(
///         _ bytes: Span<UInt8>,
///         plan: CropPlan,
///         damage: DamageHandling,
///         into rows: inout PictureRows
///     ) throws { ... }
/// }
///
/// let settings = ExtractionSettings(decoders: .builtIn.adding(GrayDecoder()))
/// ```
/// The bytes may be hostile: a decoder must bound its memory by the pixels that the picture really has, not by numbers
/// in a few bytes, and must never read outside the span. It may rely on the plan, which comes from a header that it
/// returned for the same bytes.
///
/// Errors are `RecError` without a path; the extractor adds the path. Any other error is wrapped.
public protocol PictureDecoder: Sendable {
    /// The name of the format in messages, for example `JPEG`.
    var formatName: String { get }

    /// Whether bytes are of this format, by their first bytes.
    ///
    /// Bytes that end within the common start of all files of the format are of the format too; ``header(of:damage:)``
    /// throws the error that they are truncated.
    ///
    /// - Parameter bytes: A whole file, not empty.
    /// - Returns: Whether the bytes are of this format.
    /// - Complexity: O(1).
    func recognizes(_ bytes: Span<UInt8>) -> Bool

    /// Reads the header of a file.
    ///
    /// - Parameters:
    ///   - bytes: A whole file that the decoder recognises.
    ///   - damage: Whether to read a damaged header as far as possible.
    /// - Returns: The header.
    /// - Throws: The reason why the file has no usable picture.
    func header(of bytes: Span<UInt8>, damage: DamageHandling) throws -> PictureHeader

    /// Decodes the part of a picture in a plan.
    ///
    /// Append all rows of ``CropPlan/rows`` from top to bottom, at the scale 1/``CropPlan/denominator``. The pixels of
    /// a part must equal those of the whole picture; if necessary, decode more.
    ///
    /// When damage is refused, damaged or missing data is an error; after the last of the rows only if the plan
    /// ``CropPlan/readsToEnd``. When damage is accepted, call ``PictureRows/markDamaged()``; the decoder may then stop
    /// early, and missing rows are black.
    ///
    /// - Parameters:
    ///   - bytes: The bytes of the header.
    ///   - plan: The pixels and the scale.
    ///   - damage: The handling of damaged or missing data.
    ///   - rows: Takes the rows.
    /// - Throws: The fault of the file, or the error of `rows`.
    func decode(_ bytes: Span<UInt8>, plan: CropPlan, damage: DamageHandling, into rows: inout PictureRows) throws
}
