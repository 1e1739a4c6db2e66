/// The path of a product's picture, from the text of a field.
enum JSONPicture {
    /// The path from a folder on, which ends with a slash or is empty; `nil` when it leads out of the folder.
    static func path(_ text: String, in folder: String) -> String? {
        guard !text.hasPrefix("/"), !text.contains("://"), !text.utf8.contains(0) else { return nil }
        var depth = 0
        for part in text.split(separator: "/") {
            depth += part == ".." ? -1 : part == "." ? 0 : 1
            if depth < 0 { return nil }
        }
        guard depth > 0 else { return nil }
        return folder.isEmpty || folder.hasSuffix("/") ? folder + text : "\(folder)/\(text)"
    }
}
