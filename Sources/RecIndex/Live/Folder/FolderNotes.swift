internal import RecCore
internal import RecFiles

/// The host's notes in the folder of a live index; written once, before its manifest.
enum FolderNotes {
    /// The notes; none when there is no file.
    ///
    /// - Throws: `RecError` when the file is damaged.
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

    /// Writes the notes of an index without manifest; they replace those of an interrupted creation.
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
