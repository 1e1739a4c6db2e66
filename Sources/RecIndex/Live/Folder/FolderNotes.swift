internal import RecCore
internal import RecFiles

/// The host's notes in the folder of a live index: written before its manifest, and never again.
enum FolderNotes {
    /// The notes; none when there is no file.
    ///
    /// - Throws: `RecError` when the file is not as it was written.
    static func read(_ folder: LiveFolder) throws(RecError) -> [String: String] {
        guard FileSystem.exists(folder.notes) else { return [:] }
        let bytes = try FolderContent.bytes(of: folder.notes)
        return try RecError.naming(folder.notes) {
            var reader = try LiveFormat.opened(bytes, as: LiveFormat.notesMagic)
            let notes = try reader.readNotes()
            guard reader.remaining == 0 else { throw FileDamage.corrupt("it is longer than it should be") }
            return notes
        }
    }

    /// Writes the notes of an index that has no manifest yet, in the place of those of an attempt that was cut short.
    static func write(_ notes: [String: String], to folder: LiveFolder) throws(FileError) {
        guard !notes.isEmpty else {
            if FileSystem.exists(folder.notes) { try FileSystem.remove(folder.notes) }
            return
        }
        var payload = ByteWriter()
        payload.write(notes)
        let bytes = LiveFormat.sealed(payload, as: LiveFormat.notesMagic)
        try AtomicFile.write(to: folder.notes, synchronizesFolder: false) { file throws(FileError) in
            try file.write(bytes)
        }
    }
}
