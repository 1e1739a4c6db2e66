extension MappedFile {
    /// The SHA-256 of the file in lower-case hexadecimal.
    ///
    /// - Complexity: Reads the whole file.
    package var sha256: String {
        withBytes { bytes in
            var hash = SHA256()
            hash.update(bytes)
            return hash.hexadecimal
        }
    }

    /// The SHA-256 of one file, or, of several, that of the lines that `sha256sum` prints for them in the given order, in
    /// lower-case hexadecimal.
    ///
    /// - Complexity: Reads all files.
    /// - Precondition: There is a file.
    package static func sha256(of files: [MappedFile]) -> String {
        if files.count == 1 { return files[0].sha256 }
        precondition(!files.isEmpty, "no file")
        var hash = SHA256()
        for file in files { hash.update(Array("\(file.sha256)  \(file.name)\n".utf8)) }
        return hash.hexadecimal
    }

    /// The last part of the path.
    package var name: Substring { path.split(separator: "/").last ?? "" }
}
