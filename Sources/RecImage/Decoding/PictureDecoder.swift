/// Decodes the pictures of one format.
///
/// A decoder knows its format and nothing else: it says whether it recognises bytes, what their header says, and hands
/// over the rows that a ``CropPlan`` asks for. Limits, orientation, resizing, padding and the names in errors are taken
/// care of by the extractor, once for all formats.
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
/// The bytes may be hostile: a decoder takes no memory that a few bytes can ask for without the picture having so many
/// pixels, and never reads outside of the span. It need not trust its caller with anything but the plan, which was made
/// from a header that it gave for the same bytes.
///
/// Errors are `RecError` without a path; the extractor adds the path. Any other error is wrapped.
public protocol PictureDecoder: Sendable {
    /// The name of the format in messages, for example `JPEG`.
    var formatName: String { get }

    /// Looks whether bytes are of this format, by how they start.
    ///
    /// Bytes that end within what all files of the format start with are of the format too; ``header(of:damage:)``
    /// says that they are cut off.
    ///
    /// - Parameter bytes: A whole file, not empty.
    /// - Returns: Whether the bytes are of this format.
    /// - Complexity: O(1).
    func recognizes(_ bytes: Span<UInt8>) -> Bool

    /// Reads what a file says about its picture in front of the pixels.
    ///
    /// - Parameters:
    ///   - bytes: A whole file that the decoder recognises.
    ///   - damage: Whether a header that is damaged may be read as far as it goes.
    /// - Returns: The header.
    /// - Throws: Why there is no picture.
    func header(of bytes: Span<UInt8>, damage: DamageHandling) throws -> PictureHeader

    /// Decodes the part of a picture that a plan asks for.
    ///
    /// Hands over all rows of ``CropPlan/rows`` from top to bottom, at the scale 1/``CropPlan/denominator``. The pixels
    /// of a part must be those that it has in the whole; where that is not certain, more is decoded.
    ///
    /// When damage is refused, damaged or missing data is an error; behind the last of the rows only if the plan
    /// ``CropPlan/readsToEnd``. When it is accepted, the decoder says so by ``PictureRows/markDamaged()``, and may end
    /// early: rows that are missing are black.
    ///
    /// - Parameters:
    ///   - bytes: The bytes that the header came from.
    ///   - plan: Which pixels, at what scale.
    ///   - damage: What to do about damaged or missing data.
    ///   - rows: Takes the rows.
    /// - Throws: What is wrong with the file, or what `rows` throws.
    func decode(_ bytes: Span<UInt8>, plan: CropPlan, damage: DamageHandling, into rows: inout PictureRows) throws
}
