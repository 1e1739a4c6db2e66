internal import RecCore

/// The format of a table in JSON Lines: the roles of its fields, the markers of missing values, and the limits.
public struct JSONLinesFormat: Sendable, Hashable {
    package var idField: String
    package var titleFields: [String]
    package var pictureField: String
    package var pictureFolder: String?
    package var allowsPicturesAnywhere: Bool
    package var missingMarkers: Set<String>
    package var maximumFileSize: Int

    /// The largest number of bytes in a line; 1 or more.
    package var maximumLineSize = 1 << 22

    /// The largest number of fields in an object; 1 or more.
    package var maximumFieldCount = 4096

    /// The largest number of different fields in all objects together, since an index has a column for each; 1 or more.
    package var maximumTableFieldCount = 16_384

    /// The greatest depth of objects and arrays within a line; 1 or more.
    package var maximumDepth = 64

    /// The largest number of issues that each list of the report keeps.
    package var issueListLimit = 100_000

    /// Creates a format; it is checked when a table is read.
    ///
    /// - Parameters:
    ///   - idField: The field that identifies a product: a string, or a number, which is taken as it is written.
    ///   - titleFields: The fields of the displayed name; the first of them that an object has with a text becomes
    ///     `Product.title`, and the others are attributes.
    ///   - pictureField: The field of the picture's path, or of an array of paths, which become `Product.pictures`.
    ///   - pictureFolder: The folder that the paths of pictures start from; `nil` for the folder of the file. Bytes in
    ///     memory have no folder: without this setting, their paths stay as they are.
    ///   - allowsPicturesAnywhere: Whether pictures may lie anywhere. If so, absolute paths and addresses of servers
    ///     become `Product.picture` as they are, and relative paths may lead out of the folder. By default such a product
    ///     gets no picture, and the report says so.
    ///   - missingMarkers: The strings that mark a missing value, without blanks around them; `null` always does.
    ///   - maximumFileSize: The greatest size of a file, in bytes; 1 or more.
    public init(
        idField: String = "id",
        titleFields: [String] = ["title", "productDisplayName"],
        pictureField: String = "picture",
        pictureFolder: String? = nil,
        allowsPicturesAnywhere: Bool = false,
        missingMarkers: Set<String> = [""],
        maximumFileSize: Int = 1 << 30
    ) {
        self.idField = idField
        self.titleFields = titleFields
        self.pictureField = pictureField
        self.pictureFolder = pictureFolder
        self.allowsPicturesAnywhere = allowsPicturesAnywhere
        self.missingMarkers = missingMarkers
        self.maximumFileSize = maximumFileSize
    }

    /// Checks the documented ranges.
    func validate() throws(RecError) {
        let limits = [
            ("maximumFileSize", maximumFileSize), ("maximumLineSize", maximumLineSize),
            ("maximumFieldCount", maximumFieldCount), ("maximumTableFieldCount", maximumTableFieldCount),
            ("maximumDepth", maximumDepth),
        ]
        if let (name, value) = limits.first(where: { $0.1 < 1 }) {
            throw RecError(.invalidSetting, "The format's \(name) is \(value); it must be 1 or more.")
        }
    }
}
