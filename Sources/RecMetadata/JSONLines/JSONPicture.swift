/// The path of a product's picture, from the text of a field.
enum JSONPicture {
    /// The path from a folder on; `nil` when it leads out of the folder, unless pictures may lie anywhere.
    static func path(_ text: String, in folder: String, isAnywhere: Bool) -> String? {
        guard !text.utf8.contains(0) else { return nil }
        let isRelative = !text.hasPrefix("/") && !text.contains("://")
        if !isRelative { return isAnywhere ? text : nil }
        guard isAnywhere || isInside(text) else { return nil }
        return folder.appending(path: text)
    }

    /// Whether a relative path stays in the folder that it starts from, and names something in it.
    private static func isInside(_ path: String) -> Bool {
        var depth = 0
        for part in path.split(separator: "/") {
            depth += part == ".." ? -1 : part == "." ? 0 : 1
            if depth < 0 { return false }
        }
        return depth > 0
    }
}
