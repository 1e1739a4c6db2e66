import Foundation
package import RecMetadata

/// Which reader reads what `--catalog` names.
package enum CatalogueChoice {
    /// The reader of a folder in the Kaggle layout, or of a file in JSON Lines or CSV.
    ///
    /// A file is JSON Lines when its name ends in `.jsonl` or `.ndjson`, or when it begins with a brace.
    package static func reader(of path: String) -> any CatalogueReader {
        guard let values = kind(of: path), values.isDirectory != true else { return KaggleCatalogue(path: path) }
        // Of a pipe or a device, the reader of files says what it is.
        guard values.isRegularFile == true else { return CSVCatalogue(path: path) }
        let name = path.lowercased()
        if name.hasSuffix(".jsonl") || name.hasSuffix(".ndjson") || beginsWithBrace(path) {
            return JSONLinesCatalogue(path: path)
        }
        return CSVCatalogue(path: path)
    }

    /// The folder that relative paths of pictures start from: the catalogue's own, or that of its file.
    package static func folder(of path: String) -> String {
        kind(of: path)?.isRegularFile == true ? URL(fileURLWithPath: path).deletingLastPathComponent().path : path
    }

    /// Whether a file or a folder is at a path, behind links; `nil` when nothing is.
    private static func kind(of path: String) -> URLResourceValues? {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        return try? target.resourceValues(forKeys: [.isRegularFileKey, .isDirectoryKey])
    }

    private static func beginsWithBrace(_ path: String) -> Bool {
        guard let file = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? file.close() }
        let beginning = (try? file.read(upToCount: 1024)) ?? Data()
        return beginning.first { $0 > 0x20 && $0 < 0x80 } == UInt8(ascii: "{")
    }
}
