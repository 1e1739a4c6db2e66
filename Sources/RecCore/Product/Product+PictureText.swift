extension Product {
    /// The paths of the pictures as one text, with a zero character between them; `nil` when there is none.
    ///
    /// The text of one picture is its path.
    package var pictureText: String? {
        get {
            let paths = pictures
            return paths.count > 1 ? paths.joined(separator: "\0") : paths.first
        }
        set {
            guard let newValue, newValue.utf8.contains(0) else {
                pictures = newValue.map { [$0] } ?? []
                return
            }
            pictures = newValue.split(separator: "\0", omittingEmptySubsequences: false).map(String.init)
        }
    }
}
